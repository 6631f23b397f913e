// SPDX-License-Identifier: Apache-2.0
package chat.server.base.text;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Words by which the program, those who run it or everybody is meant, in whatever letters and case
 * they are written, and whatever signs stand around and between the letters.
 */
enum ReservedNames {
  PEOPLE(
      """
      admin administrator owner system server me everyone here lobby
      админ администратор владелец система сервер
      管理员 管理員 所有者 系统 系統 服务器 伺服器 我 所有人 大家 这里 這裡 大厅 大廳
      管理者 システム サーバー 관리자 시스템 서버 διαχειριστής مدير مشرف النظام
      """),
  LOBBY("lobby 大厅 大廳");

  private final Set<String> skeletons;

  ReservedNames(String words) {
    skeletons =
        words
            .strip()
            .lines()
            .flatMap(line -> Stream.of(line.split(" ")))
            .flatMap(word -> Stream.of(word, word.toUpperCase(Locale.ROOT), capitalised(word)))
            .flatMap(word -> Skeletons.of(word).stream())
            .map(ReservedNames::letters)
            .collect(Collectors.toUnmodifiableSet());
  }

  private static String capitalised(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }

  boolean has(String shown) {
    return Skeletons.of(shown).stream().map(ReservedNames::letters).anyMatch(skeletons::contains);
  }

  /** Without signs, spaces and marks. */
  private static String letters(String skeleton) {
    return Normalizer.normalize(skeleton, Normalizer.Form.NFD)
        .codePoints()
        .filter(Character::isLetterOrDigit)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
