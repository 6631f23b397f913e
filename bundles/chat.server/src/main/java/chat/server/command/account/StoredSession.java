// SPDX-License-Identifier: Apache-2.0
package chat.server.command.account;

import chat.server.base.AddedComponents;
import chat.server.base.BinaryCodec;
import chat.server.room.Account;
import chat.server.room.ServerRight;
import java.io.IOException;
import java.time.Duration;

/**
 * What is kept of a session that a token opens.
 *
 * @param made UTC milliseconds
 * @param device as it called itself
 * @param used when it was opened last, in UTC milliseconds; 0 if an earlier build made it
 * @param address from where that was
 * @param epoch of the account in which it is good
 */
public record StoredSession(
    long account, long made, String device, long used, String address, int epoch) {
  /** Before this component the form is fixed. */
  private static final int ADDED = 3;

  byte[] bytes() {
    return BinaryCodec.bytes(out -> {
      out.writeLong(account);
      out.writeLong(made);
      out.writeUTF(device);
      AddedComponents.write(out, this, ADDED);
    });
  }

  static StoredSession of(byte[] bytes) throws IOException {
    return BinaryCodec.read(
        bytes,
        in ->
            AddedComponents.read(
                in, StoredSession.class, in.readLong(), in.readLong(), in.readUTF()));
  }

  StoredSession usedAt(long now, String from) {
    return new StoredSession(account, made, device, now, from, epoch);
  }

  StoredSession in(int newEpoch) {
    return new StoredSession(account, made, device, used, address, newEpoch);
  }

  /** Whether it still opens the account. */
  boolean isGood(Account owner, long now, Duration idle) {
    return owner.id() == account
        && owner.epoch() == epoch
        && ServerRight.LOG_IN.isOf(owner)
        && !isIdle(now, idle);
  }

  boolean isIdle(long now, Duration idle) {
    return used != 0 && now - used > idle.toMillis();
  }
}
