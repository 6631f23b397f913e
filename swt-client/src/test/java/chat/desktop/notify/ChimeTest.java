// SPDX-License-Identifier: Apache-2.0
package chat.desktop.notify;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ChimeTest {

  @Test
  void itCanBeHeardAndBeginsAndEndsSoftly() {
    byte[] samples = Chime.samples();
    int loudest = 0;
    for (byte sample : samples) {
      loudest = Math.max(loudest, Math.abs(sample));
    }
    assertTrue(loudest > 20 && loudest < 100, "loudest " + loudest);
    assertTrue(Math.abs(samples[0]) < 2);
    assertTrue(Math.abs(samples[samples.length - 1]) < 2);
  }
}
