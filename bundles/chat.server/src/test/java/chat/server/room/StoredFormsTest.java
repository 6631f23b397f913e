// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

import static org.junit.jupiter.api.Assertions.assertEquals;

import chat.protocol.InvitationPolicy;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What is kept of a member and a person reads as it was written, by builds of before and after. */
class StoredFormsTest {
  private static final MemberState STATE = new MemberState(3, 2, true, "x", 0);
  private static final ProfileData PROFILE =
      new ProfileData("A", "s", "", true, false, 7, InvitationPolicy.EVERYBODY);

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** As a later build writes it, with a component that this one does not know. */
  private static byte[] later(byte[] bytes) {
    byte[] more = Arrays.copyOf(bytes, bytes.length + 4);
    System.arraycopy(new byte[] {99, 0, 1, 42}, 0, more, bytes.length, 4);
    return more;
  }

  @Test
  void theFormsAreThoseOfTheBuildsBefore() {
    assertEquals("00000000000000030000000000000002" + "01" + "000178", hex(STATE.bytes()));
    assertEquals(
        "000141" + "000173" + "0000" + "01" + "00" + "0000000000000007", hex(PROFILE.bytes()));
  }

  @Test
  void whatIsKeptIsRead() throws IOException {
    assertEquals(STATE, MemberState.of(STATE.bytes()));
    assertEquals(PROFILE, ProfileData.of(PROFILE.bytes()));
  }

  @Test
  void whatALaterBuildAddsIsLeftOut() throws IOException {
    assertEquals(STATE, MemberState.of(later(STATE.bytes())));
    assertEquals(PROFILE, ProfileData.of(later(PROFILE.bytes())));
  }

  @Test
  void whatOthersWereToldIsKeptWhileItIsMoreThanWhatIsRead() throws IOException {
    MemberState unread = MemberState.at(9).withUnread(4);
    assertEquals(unread, MemberState.of(unread.bytes()));
    assertEquals(4, unread.read());
    assertEquals(9, unread.told());
    assertEquals(MemberState.at(9), unread.withMarks(9, 9));
  }
}
