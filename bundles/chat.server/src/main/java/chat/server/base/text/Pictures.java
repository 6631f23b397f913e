// SPDX-License-Identifier: Apache-2.0
package chat.server.base.text;

/** What pictures begin with. The server looks no further into them. */
public final class Pictures {
  private static final int[] PNG = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int[] JPEG = {0xff, 0xd8, 0xff};
  private static final int[] RIFF = {'R', 'I', 'F', 'F'};
  private static final int[] WEBP = {'W', 'E', 'B', 'P'};

  private Pictures() {}

  public static boolean known(byte[] bytes) {
    return at(bytes, 0, PNG) || at(bytes, 0, JPEG) || at(bytes, 0, RIFF) && at(bytes, 8, WEBP);
  }

  private static boolean at(byte[] bytes, int offset, int[] expected) {
    if (bytes.length < offset + expected.length) {
      return false;
    }
    for (int i = 0; i < expected.length; i++) {
      if ((bytes[offset + i] & 0xff) != expected[i]) {
        return false;
      }
    }
    return true;
  }
}
