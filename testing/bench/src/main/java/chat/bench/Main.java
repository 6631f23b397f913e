// SPDX-License-Identifier: Apache-2.0
package chat.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Three measurements, printed: fan-out in a room of 100 against the baseline, durable
 * acknowledgements per second, memory per idle connection.
 */
public final class Main {
  private static final int MEMBERS = 100;
  private static final int OUTSTANDING = 64;
  private static final int IDLE = 1_000;
  private static final int WARM_UP_SECONDS = 5;
  private static final int SECONDS = 10;
  private static final String TEXT =
      "The quick brown fox jumps over the lazy dog, again and again.";

  private Main() {}

  private record Result(double perSecond, double cpuMicros) {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path home = Path.of(arguments[0]);
    Result baseline = baseline();
    System.out.printf(
        "baseline NIO fan-out, room of %d: %,.0f deliveries/s, %.2f us CPU each%n",
        MEMBERS, baseline.perSecond(), baseline.cpuMicros());
    Path data = Files.createTempDirectory("chatroom-bench");
    try (Program chatroom = Program.chatroom(home, data)) {
      idle(chatroom);
      fanOut(chatroom, baseline);
    }
  }

  private static Result baseline() throws IOException, InterruptedException {
    byte[] frame = new byte[160];
    LongAdder bytes = new LongAdder();
    try (Program program = Program.baseline()) {
      List<Socket> sockets = new ArrayList<>();
      for (int i = 0; i < MEMBERS; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), program.port());
        socket.setTcpNoDelay(true);
        sockets.add(socket);
      }
      Socket author = sockets.getFirst();
      for (Socket socket : sockets) {
        Thread.ofPlatform()
            .daemon()
            .start(() -> drain(socket, bytes, socket == author ? frame : new byte[0]));
      }
      for (int i = 0; i < OUTSTANDING; i++) {
        author.getOutputStream().write(frame);
      }
      Thread.sleep(WARM_UP_SECONDS * 1_000L);
      double cpu = program.cpuSeconds();
      long before = bytes.sum();
      Thread.sleep(SECONDS * 1_000L);
      double deliveries = (double) (bytes.sum() - before) / frame.length;
      Result result =
          new Result(deliveries / SECONDS, (program.cpuSeconds() - cpu) * 1e6 / deliveries);
      for (Socket socket : sockets) {
        socket.close();
      }
      return result;
    }
  }

  /** Reads all there is; the author sends the next frame for each one that came back. */
  private static void drain(Socket socket, LongAdder bytes, byte[] frame) {
    byte[] buffer = new byte[64 << 10];
    long back = 0;
    try {
      InputStream in = socket.getInputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        bytes.add(n);
        back += n;
        while (frame.length > 0 && back >= frame.length) {
          socket.getOutputStream().write(frame);
          back -= frame.length;
        }
      }
    } catch (IOException e) {
      // The measurement is over.
    }
  }

  private static void idle(Program chatroom) throws IOException, InterruptedException {
    byte[] token;
    try (Peer first = new Peer(chatroom.port(), 1)) {
      token = first.register("idle");
    }
    List<Peer> idle = new ArrayList<>();
    for (int i = 0; i < IDLE / 10; i++) {
      idle.add(entered(chatroom, token)); // so that what is loaded once is not counted
    }
    long before = chatroom.residentKib();
    for (int i = 0; i < IDLE; i++) {
      idle.add(entered(chatroom, token));
    }
    Thread.sleep(1_000);
    System.out.printf(
        "%d idle connections: %.1f KiB of resident memory each%n",
        IDLE, (double) (chatroom.residentKib() - before) / IDLE);
    for (Peer peer : idle) {
      peer.close();
    }
  }

  private static Peer entered(Program chatroom, byte[] token) throws IOException {
    Peer peer = new Peer(chatroom.port(), 1);
    peer.resume(token);
    peer.enter();
    return peer;
  }

  private static void fanOut(Program chatroom, Result baseline)
      throws IOException, InterruptedException {
    LongAdder deliveries = new LongAdder();
    LongAdder acknowledged = new LongAdder();
    List<Peer> peers = new ArrayList<>();
    for (int i = 0; i < MEMBERS; i++) {
      Peer peer = new Peer(chatroom.port(), OUTSTANDING - 1);
      peer.register("member" + i);
      peer.enter();
      peers.add(peer);
    }
    for (Peer peer : peers) {
      Thread.ofPlatform().daemon().start(() -> peer.count(deliveries, acknowledged));
    }
    Thread author =
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              try {
                peers.getFirst().post(TEXT);
              } catch (IOException | InterruptedException e) {
                // The measurement is over.
              }
            });
    Thread.sleep(WARM_UP_SECONDS * 1_000L);
    double cpu = chatroom.cpuSeconds();
    long delivered = deliveries.sum();
    long durable = acknowledged.sum();
    Thread.sleep(SECONDS * 1_000L);
    double count = deliveries.sum() - delivered;
    double cpuMicros = (chatroom.cpuSeconds() - cpu) * 1e6 / count;
    System.out.printf(
        "chatroom, room of %d, one author: %,.0f deliveries/s (%.2f of the baseline), %.2f us CPU"
            + " each (%.1f x the baseline)%n",
        MEMBERS,
        count / SECONDS,
        count / SECONDS / baseline.perSecond(),
        cpuMicros,
        cpuMicros / baseline.cpuMicros());
    System.out.printf(
        "durable acknowledgements: %,.0f/s, each told to %d people%n",
        (double) (acknowledged.sum() - durable) / SECONDS, MEMBERS);
    author.interrupt();
    for (Peer peer : peers) {
      peer.close();
    }
  }
}
