// SPDX-License-Identifier: Apache-2.0
package chat.bench;

import chat.protocol.Command;
import chat.protocol.cbor.CborClientFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.HdrHistogram.Histogram;

/**
 * Sends texts into one room and counts what comes back to its members. One thread, one selector;
 * the frame is encoded once and gets its id, correlation and number of the text patched in. A text
 * carries its number behind a mark, by which deliveries are known; when the last member has it, it
 * has arrived.
 */
final class Generator implements AutoCloseable {
  private static final String MARK = "#text#";
  private static final int DIGITS = 8;
  private static final int MARKED = MARK.length() + DIGITS;
  private static final String TEXT =
      "The quick brown fox jumps over the lazy dog, again and again. ";
  private static final int TYPE_AT = 4;
  private static final int CORRELATION_AT = 7;
  private static final int POSTED = 0x104;
  private static final int ENTRY = 0x201;
  private static final int AUTHORS = 8;
  private static final int RING = 1 << 18;
  private static final long IDLE_NANOS = Duration.ofSeconds(10).toNanos();
  private static final long LONGEST_NANOS = Duration.ofMinutes(1).toNanos();
  private static final UUID ID = new UUID(0x0123456789abcdefL, 0x0fedcba987654321L);

  private final Selector selector = Selector.open();
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
  private final List<Line> lines = new ArrayList<>();
  private final byte[] frame;
  private final byte[] idle;
  private final int idAt;
  private final int numberAt;
  private final boolean ordered;
  private final SplittableRandom random = new SplittableRandom();
  private final long[] sentAt = new long[RING];
  private final int[] missing = new int[RING];
  private final Histogram answers = new Histogram(LONGEST_NANOS, 3);
  private final Histogram arrivals = new Histogram(LONGEST_NANOS, 3);

  /** How far the mark is from the end of an entry's frame; 0 until the first has come. */
  private int markFromEnd;

  private long idledAt = System.nanoTime();
  private int next;
  private long answered;
  private long delivered;
  private boolean windowed;

  /**
   * @param ordered whether ids are made in the order of time
   */
  Generator(boolean ordered) throws IOException {
    this.ordered = ordered;
    CborClientFormat format = new CborClientFormat();
    frame = format.encode(1, new Command.Post(ID, 1, TEXT + MARK + "0".repeat(DIGITS)));
    idle = format.idle();
    idAt = indexOf(frame, ByteBuffer.allocate(16).putLong(ID.getMostSignificantBits()).array(), 8);
    numberAt =
        indexOf(frame, MARK.getBytes(StandardCharsets.US_ASCII), MARK.length()) + MARK.length();
  }

  private static int indexOf(byte[] bytes, byte[] wanted, int length) {
    for (int at = 0; at <= bytes.length - length; at++) {
      int same = 0;
      while (same < length && bytes[at + same] == wanted[same]) {
        same++;
      }
      if (same == length) {
        return at;
      }
    }
    throw new IllegalStateException("not in the frame");
  }

  /** One more member, who is logged in and follows the room. */
  void add(Peer peer) throws IOException {
    lines.add(new Line(peer, selector));
    poll(0);
  }

  int members() {
    return lines.size();
  }

  /** What came back in a stretch of time. */
  record Counts(long texts, long deliveries, Histogram answers, Histogram arrivals) {}

  /** Something to be done between the warm-up and the measurement, and again behind it. */
  interface Edge {
    void reached() throws IOException;
  }

  /** Keeps so many texts under way. */
  Counts window(int window, Duration warmUp, Duration measured, Edge edge) throws IOException {
    windowed = true;
    for (int i = 0; i < window; i++) {
      send(lines.get(i % authors()));
    }
    Counts counts = measure(warmUp, measured, edge, 0);
    windowed = false;
    settle();
    return counts;
  }

  /** Sends so many texts a second, evenly. */
  Counts rate(double perSecond, Duration warmUp, Duration measured, Edge edge) throws IOException {
    Counts counts = measure(warmUp, measured, edge, perSecond);
    settle();
    return counts;
  }

  private int authors() {
    return Math.min(AUTHORS, lines.size());
  }

  private Counts measure(Duration warmUp, Duration measured, Edge edge, double perSecond)
      throws IOException {
    drive(warmUp, perSecond);
    long texts = answered;
    long deliveries = delivered;
    answers.reset();
    arrivals.reset();
    edge.reached();
    drive(measured, perSecond);
    edge.reached();
    return new Counts(answered - texts, delivered - deliveries, answers.copy(), arrivals.copy());
  }

  private void drive(Duration time, double perSecond) throws IOException {
    long start = System.nanoTime();
    long sent = 0;
    for (long past = 0; past < time.toNanos(); past = System.nanoTime() - start) {
      long due = (long) (past / 1e9 * perSecond);
      for (; sent < due; sent++) {
        send(lines.get(next % authors()));
      }
      poll(perSecond > 0 ? 0 : 1);
    }
  }

  /** Waits until everybody has everything. */
  private void settle() throws IOException {
    long end = System.nanoTime() + LONGEST_NANOS;
    for (int text = Math.max(0, next - RING); text < next; ) {
      if (missing[text % RING] <= 0) {
        text++;
      } else if (System.nanoTime() > end) {
        throw new IOException("text " + text + " has not reached everybody");
      } else {
        poll(1);
      }
    }
  }

  private void send(Line author) throws IOException {
    int number = next++;
    ByteBuffer bytes = ByteBuffer.wrap(frame);
    bytes.putInt(CORRELATION_AT, number);
    bytes.putLong(idAt, ordered ? timeOrdered() : random.nextLong());
    bytes.putLong(idAt + 8, random.nextLong());
    for (int digit = 0, left = number; digit < DIGITS; digit++, left >>>= 4) {
      frame[numberAt + digit] = (byte) ('a' + (left & 0xf));
    }
    sentAt[number % RING] = System.nanoTime();
    missing[number % RING] = lines.size();
    author.write(bytes);
  }

  /** The first half of a UUID of version 7 (RFC 9562). */
  private long timeOrdered() {
    return System.currentTimeMillis() << 16 | 0x7000 | random.nextInt() & 0xfff;
  }

  private void poll(long millis) throws IOException {
    if (millis > 0) {
      selector.select(millis);
    } else {
      selector.selectNow();
    }
    for (SelectionKey key : selector.selectedKeys()) {
      ((Line) key.attachment()).read(buffer, this::frame);
    }
    selector.selectedKeys().clear();
    if (System.nanoTime() - idledAt > IDLE_NANOS) {
      idledAt = System.nanoTime();
      for (Line line : lines) {
        line.write(ByteBuffer.wrap(idle));
      }
    }
  }

  private void frame(Line from, ByteBuffer bytes, int start, int end) throws IOException {
    int type = bytes.getShort(start + TYPE_AT);
    if (type == ENTRY) {
      entry(bytes, end);
    } else if (type == POSTED) {
      answered++;
      answers.recordValue(nanosSince(bytes.getInt(start + CORRELATION_AT)));
      if (windowed) {
        send(from);
      }
    } else if (type >> 8 == POSTED >> 8) {
      throw new IOException("a text was refused, by a reply of type " + type);
    }
  }

  private long nanosSince(int number) {
    return Math.clamp(System.nanoTime() - sentAt[number % RING], 0, LONGEST_NANOS);
  }

  private void entry(ByteBuffer bytes, int end) {
    if (markFromEnd == 0) {
      markFromEnd = find(bytes, end);
    }
    int at = end - markFromEnd;
    if (markFromEnd == 0 || bytes.get(at) != MARK.charAt(0)) {
      return; // somebody has joined
    }
    delivered++;
    int number = 0;
    for (int digit = DIGITS - 1; digit >= 0; digit--) {
      number = number << 4 | bytes.get(at + MARK.length() + digit) - 'a';
    }
    if (--missing[number % RING] == 0) {
      arrivals.recordValue(nanosSince(number));
    }
  }

  private static int find(ByteBuffer bytes, int end) {
    byte[] tail = new byte[Math.min(end, MARKED + 64)];
    bytes.get(end - tail.length, tail);
    int at = new String(tail, StandardCharsets.ISO_8859_1).indexOf(MARK);
    return at < 0 ? 0 : tail.length - at;
  }

  @Override
  public void close() throws IOException {
    for (Line line : lines) {
      line.close();
    }
    selector.close();
  }
}
