// SPDX-License-Identifier: Apache-2.0
package chat.server.base.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
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

  @Test
  void namesThatLookTheSameShareASkeleton() {
    AccountName latin = AccountName.of("paypal").orElseThrow();
    AccountName cyrillic = AccountName.of("раураl").orElseThrow();
    assertNotEquals(latin.folded(), cyrillic.folded());
    assertEquals(latin.skeleton(), cyrillic.skeleton());
  }
}
