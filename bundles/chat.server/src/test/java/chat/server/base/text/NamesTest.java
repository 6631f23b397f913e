// SPDX-License-Identifier: Apache-2.0
package chat.server.base.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import chat.protocol.Problem;
import chat.server.base.Refusal;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

  @ParameterizedTest
  @ValueSource(strings = {"a", "小明", "Björn", "Anna Maria", "x-y_z.1", "مرحبا"})
  void namesOfPeopleAreFine(String name) {
    assertEquals(name, AccountName.of(name).orElseThrow().shown());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        " bob",
        "bob ",
        "bo\nb",
        "bo\u0000b",
        "bo\u200bb",
        "bo\u202eb",
        "abcdefghijklmnopqrstuvwxyz1234567",
        "\u3000bob"
      })
  void otherNamesAreNot(String name) {
    assertTrue(AccountName.of(name).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({"Bob, bob", "ＢＯＢ, bob", "STRASSE, straße", "ﬁona, Fiona"})
  void theSameNameInAnotherFormIsTheSame(String one, String other) {
    assertEquals(
        AccountName.of(one).orElseThrow().folded(), AccountName.of(other).orElseThrow().folded());
  }

  private static boolean lookAlike(String one, String other) {
    return !Collections.disjoint(NameRule.skeletons(one), NameRule.skeletons(other));
  }

  @ParameterizedTest
  @CsvSource({
    "Ian, lan",
    "lan, Ian",
    "O0x, OOx",
    "O0x, oox",
    "OOx, o0X",
    "paypal, раураl",
    "Modern, Modem",
    "Ηanna, Hanna",
    "ADMIN, ADMlN",
    "Ian, 1an",
    "Karl, KarI"
  })
  void namesThatLookTheSameShareASkeleton(String one, String other) {
    assertTrue(lookAlike(one, other), () -> NameRule.skeletons(one) + " of " + one);
  }

  @ParameterizedTest
  @CsvSource({"Ian, Jan", "ian, lan", "Anna, Hanna", "Ada, Ida", "Иван, Ivan", "José, Jose"})
  void otherNamesDoNot(String one, String other) {
    assertFalse(lookAlike(one, other), () -> NameRule.skeletons(one) + " of " + one);
  }

  private static Problem refusal(Executable naming) {
    return assertThrows(Refusal.class, naming).problem();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@bob",
        "#bob",
        "/bob",
        "<bob>",
        "[bob]",
        "bob>",
        "bob]",
        "＠bob",
        "‹bob",
        "【bob】",
        "(bob)",
        "⁄bob",
        "b\u00adob",
        "bo\u034fb",
        "\u3164",
        "\u115f",
        "bo\ufe0fb",
        "\u2800",
        "b\u2800b",
        "bo\u17b4b",
        "\u0301bob",
        "bob\u20dd",
        "bob  bob",
        "---",
        "..."
      })
  void nobodyIsCalledSoFromNowOn(String name) {
    assertEquals(Problem.NAME_INVALID, refusal(() -> NameRule.ofAccount(name)), name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "admin",
        "ADMIN",
        "Admin",
        "ADMlN",
        "adm1n",
        "аdmin",
        "ａｄｍｉｎ",
        "a-d-m-i-n",
        "Admin.",
        "ᐸServerᐳ",
        "Sеrver",
        "sys tem",
        "Οwner",
        "0wner",
        "Me",
        "everyone",
        "Hеre",
        "Lobby",
        "L0bby",
        "大厅",
        "大廳",
        "管理员",
        "系统",
        "administratοr",
        "Admín",
        "АДМИН"
      })
  void whatMeansTheProgramOrEverybodyIsNobodysName(String name) {
    assertEquals(Problem.NAME_TAKEN, refusal(() -> NameRule.ofAccount(name)), name);
    assertEquals(Problem.NAME_TAKEN, refusal(() -> NameRule.ofDisplay(name)), name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ノゾミ", "Meg", "Hera", "Anna (Berlin)", "O'Neil", "x-y_z.1", "🙂", "李"})
  void honestNamesAreGiven(String name) throws Refusal {
    assertEquals(name, NameRule.ofAccount(name).shown());
    assertEquals(name, NameRule.ofDisplay(name));
  }

  @Test
  void aPhonesEmojiIsWelcomeInADisplayName() throws Refusal {
    assertEquals("Anna ❤", NameRule.ofDisplay("Anna ❤\ufe0f"));
    assertEquals("", NameRule.ofDisplay(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "#general, ROOM_NAME_INVALID",
    "@bob, ROOM_NAME_INVALID",
    "L0bby, ROOM_NAME_TAKEN",
    "大厅, ROOM_NAME_TAKEN",
    "gene\u200bral, ROOM_NAME_INVALID"
  })
  void roomsArePlain(String name, Problem problem) throws Refusal {
    assertEquals(problem, refusal(() -> NameRule.checkRoom(name, false)));
    NameRule.checkRoom("Lobby", true);
    NameRule.checkRoom("admin and system", false);
  }
}
