// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import chat.protocol.Limits;
import chat.protocol.Problem;
import chat.server.base.Aes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Password hashes: Argon2id (RFC 9106) with 19 MiB, 2 passes, 1 lane, kept in PHC string format.
 * One thread computes them, so that log-ins can't take the machine; its queue is bounded.
 */
public final class Passwords implements AutoCloseable {
  /** When to try again what had to be refused, in milliseconds. */
  public static final long BUSY_MILLIS = 2_000;

  private static final Logger LOG = LoggerFactory.getLogger(Passwords.class);
  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;
  private static final int HASH = 32;
  private static final int SALT = 16;
  private static final int QUEUE = 200;

  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(QUEUE),
          Thread.ofPlatform().name("chat-passwords").daemon().factory());

  /** What an unknown name is checked against, so that it costs the same. */
  private final String nobody = hash("nobody's password");

  public static boolean valid(String password, int min) {
    int length = password.codePointCount(0, password.length());
    return length >= min && length <= Limits.PASSWORD_MAX;
  }

  /** Decides a log-in on the hashing thread; other log-ins of this session wait outside. */
  public void submit(Session session, int correlation, Runnable task) {
    session.busy(true);
    Runnable answered =
        () -> {
          if (session.isOver()) {
            return; // whoever has gone does not keep the others waiting
          }
          try {
            task.run();
          } catch (RuntimeException | LinkageError e) {
            LOG.error("{}: a log-in failed", session, e);
            session.busy(false);
            session.fail(correlation, Problem.INTERNAL, "a fault of the server");
          }
        };
    if (!submit(answered)) {
      session.busy(false);
      session.fail(correlation, Problem.BUSY, "too many people at the door", BUSY_MILLIS);
    }
  }

  /** Runs a task on the hashing thread; false if too many wait. */
  public boolean submit(Runnable task) {
    try {
      thread.execute(task);
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  public String hash(String password) {
    byte[] salt = Aes.random(SALT);
    byte[] hash = compute(password, salt, MEMORY_KIB, PASSES, 1, HASH);
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
    thread.shutdownNow();
  }
}
