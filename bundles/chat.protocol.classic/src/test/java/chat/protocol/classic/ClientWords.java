// SPDX-License-Identifier: Apache-2.0
package chat.protocol.classic;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** The bytes that the original client sends. */
final class ClientWords {
  private ClientWords() {}

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] logIn(String name, String password) {
    return utf8("1" + name + "\r\n" + password + "\n\n");
  }

  static byte[] register(String name, String password) {
    return utf8("2" + name + "\r\n" + password + "\n\n");
  }

  /** What was typed, with the line feed that the window adds. */
  static byte[] text(String receiver, String typed) {
    String text = typed + "\n";
    return utf8("3" + receiver + "\r\n" + text.codePointCount(0, text.length()) + "\n\n" + text);
  }

  static byte[] emoji(String word) {
    return utf8("6\r\n" + word.length() + "\n\n" + word);
  }

  static byte[] online() {
    return utf8("4\n\n");
  }

  static byte[] history(String own) {
    return utf8("5\n\n" + own);
  }

  static byte[] files() {
    return utf8("8\n\n");
  }

  static byte[] friends(String own) {
    return utf8("0\n\n" + own);
  }

  static byte[] befriend(String own, String friend) {
    return utf8("9\n\n" + own + "\r\n" + friend);
  }

  static byte[] privateHistory(String own, String friend) {
    return utf8("98" + own + "\r\n" + friend + "\n\n");
  }

  static byte[] download(String own, String file) {
    return utf8("99\n\n" + own + "\r\n" + file);
  }

  static byte[] fileHeader(String name, long size) {
    return utf8("7\r\n" + name + "\r\n" + size + "\n\n");
  }

  static byte[] file(String name, byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(fileHeader(name, content.length));
    bytes.writeBytes(content);
    return bytes.toByteArray();
  }

  static byte[] content(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return content;
  }
}
