// SPDX-License-Identifier: Apache-2.0
package chat.desktop.notify;

import java.io.ByteArrayInputStream;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.Clip;
import javax.sound.sampled.LineEvent;
import javax.sound.sampled.LineUnavailableException;

/** The sound of a notification: two soft tones, made when they are needed. */
public final class Chime implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Chime.class.getName());
  private static final AudioFormat FORMAT = new AudioFormat(22_050, 8, 1, true, false);
  private static final double[] TONES = {880, 1318.5};
  private static final double SECONDS = 0.16;

  private final ExecutorService worker =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("chat-sound").daemon().factory());
  private volatile boolean deaf;

  /** Plays it. Returns at once, and does nothing where there is no sound. */
  public void play() {
    if (!deaf) {
      worker.execute(this::sound);
    }
  }

  private void sound() {
    byte[] samples = samples();
    try {
      Clip clip = AudioSystem.getClip();
      clip.addLineListener(event -> {
        if (event.getType() == LineEvent.Type.STOP) {
          clip.close();
        }
      });
      clip.open(new AudioInputStream(new ByteArrayInputStream(samples), FORMAT, samples.length));
      clip.start();
    } catch (java.io.IOException
        | LineUnavailableException
        | IllegalArgumentException
        | LinkageError e) {
      deaf = true;
      LOG.log(System.Logger.Level.DEBUG, "There is no sound here", e);
    }
  }

  /** Each tone fades away, so that nothing clicks. */
  static byte[] samples() {
    int each = (int) (FORMAT.getSampleRate() * SECONDS);
    byte[] samples = new byte[each * TONES.length];
    for (int i = 0; i < samples.length; i++) {
      int within = i % each;
      double seconds = within / FORMAT.getSampleRate();
      double loud = Math.min(1, within / 200.0) * (1 - (double) within / each);
      samples[i] = (byte) Math.round(48 * loud * Math.sin(2 * Math.PI * TONES[i / each] * seconds));
    }
    return samples;
  }

  @Override
  public void close() {
    worker.shutdown();
  }
}
