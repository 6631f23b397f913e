// SPDX-License-Identifier: Apache-2.0
package chat.prove.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * The original client as far as the server can tell: it takes one read of at most 1,024 bytes for
 * one frame, cuts it at the first two line feeds, and believes what it reads. Where the original
 * would crash, or show a box that says something is wrong, that is remembered as a violation.
 *
 * <p><b>Threads.</b> The test's own until it has entered; then another one reads, as there.
 */
public final class ClassicClient implements AutoCloseable {
  public static final String PASSWORD = "abc123";

  private static final int READ = 1_024;
  private static final long PATIENCE_MILLIS = 60_000;
  private static final String LINE = "\r\n";

  private record Frame(String header, String body) {
    String code() {
      return header.substring(0, Math.min(3, header.length()));
    }
  }

  private final String name;
  private final Socket socket;
  private final List<String> heard = new ArrayList<>();
  private final List<String> violations = new ArrayList<>();
  private final Set<String> people = new LinkedHashSet<>();
  private final Set<String> friends = new LinkedHashSet<>();
  private final Set<String> files = new LinkedHashSet<>();
  private final Map<String, String> downloads = new LinkedHashMap<>();
  private final List<String> history = new ArrayList<>();
  private final Map<String, String> privateHistories = new LinkedHashMap<>();
  private volatile boolean stands;
  private volatile boolean closed;

  private ClassicClient(String name, Socket socket) {
    this.name = name;
    this.socket = socket;
  }

  public static ClassicClient named(String name, int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout((int) PATIENCE_MILLIS);
    return new ClassicClient(name, socket);
  }

  public String name() {
    return name;
  }

  private void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  public void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** One read is one frame. */
  private Frame receive() throws IOException {
    byte[] bytes = new byte[READ];
    int length = socket.getInputStream().read(bytes);
    if (length < 0) {
      throw new IOException("the server closed the connection of " + name);
    }
    int at = 0;
    while (at + 1 < length && (bytes[at] != '\n' || bytes[at + 1] != '\n')) {
      at++;
    }
    return at + 1 < length
        ? new Frame(text(bytes, 0, at), text(bytes, at + 2, length))
        : new Frame(text(bytes, 0, length), "");
  }

  private static String text(byte[] bytes, int from, int to) throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(bytes, from, to - from))
        .toString();
  }

  /** The answer at the login page. */
  public String asksToRegister() throws IOException {
    send("2" + name + LINE + PASSWORD + "\n\n");
    return receive().header();
  }

  public String asksToLogIn(String password) throws IOException {
    send("1" + name + LINE + password + "\n\n");
    return receive().header();
  }

  public ClassicClient registers() throws IOException {
    expect("201", asksToRegister());
    return logsIn();
  }

  public ClassicClient logsIn() throws IOException {
    expect("101", asksToLogIn(PASSWORD));
    return enters();
  }

  /** Fills the window, one question after the other, and begins to listen. */
  public ClassicClient enters() throws IOException {
    send("4\n\n");
    Frame online = receive();
    expect("401", online.header());
    people.addAll(List.of(online.body().split(LINE)));
    send("0\n\n" + name);
    Frame known = receive();
    switch (known.code()) {
      case "295" -> friends.addAll(List.of(known.body().split(LINE)));
      case "297" -> {}
      default -> throw new AssertionError("no friend list: " + known);
    }
    for (String friend : friends) {
      send("98" + name + LINE + friend + "\n\n");
      Frame said = receive();
      String[] fields = said.header().split(LINE, -1);
      if (!Set.of("292", "293").contains(said.code()) || fields.length != 2) {
        throw new AssertionError("no private history: " + said);
      }
      privateHistories.put(fields[1], said.body());
    }
    send("8\n\n");
    for (String file : receive().body().split(LINE)) {
      if (!file.isEmpty()) {
        files.add(file);
      }
    }
    send("5\n\n" + name);
    Frame texts = receive();
    expect("501", texts.code());
    for (String piece : texts.body().split(LINE)) {
      String[] columns = piece.split("\t", -1);
      if (columns.length > 1) {
        if (columns.length == 2) {
          throw new AssertionError("the original crashes at " + piece);
        }
        history.add(columns[0] + ": " + columns[2].strip());
      }
    }
    Thread.ofPlatform().name("classic " + name).daemon().start(this::listen);
    return this;
  }

  private void listen() {
    try {
      socket.setSoTimeout(0);
      boolean stood = false;
      while (true) {
        while (stands) {
          stood = true;
          Thread.sleep(5);
        }
        if (stood) {
          // Its window takes longer than this for a frame. One that reads as fast as it can would
          // meet the frame that the full receive buffer has cut before the rest of it is there.
          Thread.sleep(1);
        }
        try {
          take(receive());
        } catch (CharacterCodingException e) {
          violation("a frame that is no text");
        }
      }
    } catch (IOException e) {
      if (!closed) {
        violation(e.toString());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void violation(String what) {
    violations.add(what);
    notifyAll();
  }

  private synchronized void take(Frame frame) {
    String[] fields = frame.header().split(LINE, -1);
    String body = frame.body();
    switch (frame.code()) {
      case "105" -> {
        if (!people.add(body)) {
          violations.add("listed twice: " + body);
        }
        heard.add("105 " + body);
      }
      case "800" -> {
        if (!people.remove(body)) {
          violations.add("box: not in the list: " + body);
        }
        heard.add("800 " + body);
      }
      case "301", "601" -> said(frame, fields, 2);
      case "701" -> {
        said(frame, fields, 3);
        if (fields.length == 3) {
          files.add(fields[1]);
        }
      }
      case "303" -> {
        String[] parts = body.split(LINE, -1);
        if (parts.length == 2) {
          heard.add("303 " + parts[0] + ": " + parts[1].strip());
        } else {
          violations.add("box: " + frame);
        }
      }
      case "290" -> {
        downloads.put(frame.header().substring(3), body);
        heard.add("290 " + frame.header().substring(3));
      }
      case "901", "905" -> {
        if (!friends.add(body)) {
          violations.add("a friend listed twice: " + body);
        }
        heard.add(frame.code() + " " + body);
      }
      case "304" -> heard.add("304 " + body);
      case "291", "502", "602", "702", "902", "903", "904", "900" -> heard.add(frame.code());
      default -> violations.add("a stray frame: " + frame);
    }
    notifyAll();
  }

  private void said(Frame frame, String[] fields, int count) {
    if (fields.length != count) {
      violations.add("box: " + frame);
      return;
    }
    heard.add(
        frame.code()
            + " "
            + fields[0].substring(3)
            + ": "
            + (count == 3 ? fields[1] : frame.body().strip()));
  }

  /** A box is open: nothing is read until it is clicked away. */
  public void stands(boolean still) {
    stands = still;
  }

  public void says(String text) throws IOException {
    saysTo("", text);
  }

  public void saysTo(String receiver, String text) throws IOException {
    String typed = text + "\n";
    send("3" + receiver + LINE + typed.codePointCount(0, typed.length()) + "\n\n" + typed);
  }

  /** All of it at once, and the connection is reset. */
  public void saysAndResets(List<String> texts) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String text : texts) {
      String typed = text + "\n";
      all.append("3" + LINE + typed.codePointCount(0, typed.length()) + "\n\n" + typed);
    }
    closed = true;
    socket.setSoLinger(true, 0);
    send(all.toString());
    socket.close();
  }

  public void saysEmoji(String word) throws IOException {
    send("6" + LINE + word.length() + "\n\n" + word);
  }

  public void sends(String file, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(
        ("7" + LINE + file + LINE + content.length + "\n\n").getBytes(StandardCharsets.UTF_8));
    bytes.writeBytes(content);
    send(bytes.toByteArray());
  }

  public void befriends(String friend) throws IOException {
    send("9\n\n" + name + LINE + friend);
  }

  public void fetches(String file) throws IOException {
    send("99\n\n" + name + LINE + file);
  }

  /** Waits until it was heard. */
  public void hears(String wanted) {
    until("to hear " + wanted, () -> heard.contains(wanted));
  }

  public void hearsOf(Predicate<String> wanted) {
    until("to hear it", () -> heard.stream().anyMatch(wanted));
  }

  public void until(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE_MILLIS * 1_000_000;
    synchronized (this) {
      while (!condition.getAsBoolean()) {
        long left = (deadline - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new AssertionError(
              name
                  + " waited in vain "
                  + what
                  + "; heard "
                  + tail()
                  + ", violations "
                  + violations);
        }
        try {
          wait(left);
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }
  }

  private List<String> tail() {
    return heard.subList(Math.max(0, heard.size() - 20), heard.size());
  }

  public synchronized List<String> heard() {
    return List.copyOf(heard);
  }

  /** What was heard with this at its beginning, which is cut off. */
  public synchronized List<String> heard(String beginning) {
    return heard.stream()
        .filter(each -> each.startsWith(beginning))
        .map(each -> each.substring(beginning.length()))
        .toList();
  }

  public synchronized Set<String> people() {
    return new LinkedHashSet<>(people);
  }

  public synchronized Set<String> friends() {
    return new LinkedHashSet<>(friends);
  }

  public synchronized Set<String> files() {
    return new LinkedHashSet<>(files);
  }

  public synchronized String downloaded(String file) {
    return downloads.getOrDefault(file, "");
  }

  public List<String> history() {
    return List.copyOf(history);
  }

  public String privateHistory(String friend) {
    return privateHistories.getOrDefault(friend, "");
  }

  /** What the original would not have been content with, so far. */
  public synchronized List<String> troubles() {
    List<String> troubles = new ArrayList<>(violations);
    heard.stream().filter(each -> each.equals("900")).forEach(troubles::add);
    return troubles;
  }

  private static void expect(String wanted, String heard) {
    if (!wanted.equals(heard)) {
      throw new AssertionError("the original expects " + wanted + ", not " + heard);
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    socket.close();
  }
}
