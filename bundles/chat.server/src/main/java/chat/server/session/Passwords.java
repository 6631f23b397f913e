// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.server.base.Aes;
import chat.server.base.FairQueue;
import chat.server.base.NetworkAddress;
import chat.server.base.Refusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Password hashes: Argon2id (RFC 9106) with 19 MiB, 2 passes, 1 lane, kept in PHC string format.
 * One thread computes them, so that log-ins can't take the machine; each address gets its turn
 * ({@link FairQueue}).
 */
public final class Passwords implements AutoCloseable {
  /** When to try again what had to be refused, in milliseconds. */
  private static final long BUSY_MILLIS = 2_000;

  private static final Logger LOG = LoggerFactory.getLogger(Passwords.class);
  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;
  private static final int HASH = 32;
  private static final int SALT = 16;
  private static final int QUEUE = 2_000;
  private static final int QUEUE_PER_ADDRESS = 100;

  private final FairQueue<NetworkAddress> queue = new FairQueue<>(QUEUE, QUEUE_PER_ADDRESS);
  private final Thread thread =
      Thread.ofPlatform().name("chat-passwords").daemon().unstarted(this::work);

  /** What an unknown name is checked against, so that it costs the same; no password has it. */
  private final String nobody = phc(Aes.random(SALT), Aes.random(HASH));

  public static boolean valid(String password, int min) {
    int length = password.codePointCount(0, password.length());
    return length >= min && length <= Limits.PASSWORD_MAX;
  }

  public Passwords() {
    thread.start();
  }

  private void work() {
    try {
      while (true) {
        queue.take().run();
      }
    } catch (InterruptedException e) {
      LOG.debug("No more passwords are looked at");
    }
  }

  /**
   * Decides a log-in on the hashing thread; other log-ins of this session wait outside.
   *
   * @param delay milliseconds to wait before that
   * @param declined is told if it will not be decided, because too many wait
   */
  public void submit(Responder responder, long delay, Responder.Work task, Runnable declined) {
    responder.session().busy(true);
    Runnable enter = () -> enter(responder, task, declined);
    if (delay > 0) {
      CompletableFuture.delayedExecutor(delay, TimeUnit.MILLISECONDS).execute(enter);
    } else {
      enter.run();
    }
  }

  private void enter(Responder responder, Responder.Work task, Runnable declined) {
    Session session = responder.session();
    queue.add(
        NetworkAddress.of(session.connection().peer()),
        new FairQueue.Task(
            () -> responder.runToAnswer(task),
            session::isOver,
            () -> {
              declined.run();
              responder.answer(
                  Refusal.postponed(Problem.BUSY, "too many people at the door", BUSY_MILLIS));
            }));
  }

  /** How many wait for their password to be looked at. */
  public int waiting() {
    return queue.size();
  }

  public String hash(String password) {
    byte[] salt = Aes.random(SALT);
    return phc(salt, compute(password, salt, MEMORY_KIB, PASSES, 1, HASH));
  }

  private static String phc(byte[] salt, byte[] hash) {
    Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=1$%s$%s"
        .formatted(MEMORY_KIB, PASSES, base64.encodeToString(salt), base64.encodeToString(hash));
  }

  public boolean matches(String password, String phc) {
    String[] parts = phc.split("\\$");
    String[] costs = parts[3].split("[=,]");
    byte[] salt = Base64.getDecoder().decode(parts[4]);
    byte[] expected = Base64.getDecoder().decode(parts[5]);
    byte[] actual =
        compute(
            password,
            salt,
            Integer.parseInt(costs[1]),
            Integer.parseInt(costs[3]),
            Integer.parseInt(costs[5]),
            expected.length);
    return MessageDigest.isEqual(expected, actual);
  }

  /** Takes as long as {@link #matches} and says no. */
  public void matchNobody(String password) {
    matches(password, nobody);
  }

  private static byte[] compute(
      String password, byte[] salt, int memoryKib, int passes, int lanes, int length) {
    Argon2BytesGenerator generator = new Argon2BytesGenerator();
    generator.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withSalt(salt)
            .withMemoryAsKB(memoryKib)
            .withIterations(passes)
            .withParallelism(lanes)
            .build());
    byte[] hash = new byte[length];
    String normal = Normalizer.normalize(password, Normalizer.Form.NFC);
    generator.generateBytes(normal.getBytes(StandardCharsets.UTF_8), hash);
    return hash;
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
