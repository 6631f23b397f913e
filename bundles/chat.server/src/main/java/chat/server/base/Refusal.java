// SPDX-License-Identifier: Apache-2.0
package chat.server.base;

import chat.protocol.Problem;

/**
 * Why a command is not carried out. Thrown by whatever finds the reason, and turned into the reply
 * in one place. The kinds differ by what a repeat of the command under the same id is owed.
 */
public abstract sealed class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  private final Problem problem;
  private final String detail;
  private final long retryAfter;

  private Refusal(Problem problem, String detail, long retryAfter) {
    super(
        problem + ": " + detail, null, false, false); // it is an answer; nobody looks for its trace
    this.problem = problem;
    this.detail = detail;
    this.retryAfter = retryAfter;
  }

  /** The command is wrong in itself: it was never carried out, and a repeat is as wrong. */
  public static final class Invalid extends Refusal {
    private static final long serialVersionUID = 1;

    private Invalid(Problem problem, String detail) {
      super(problem, detail, 0);
    }
  }

  /**
   * The command can't be carried out as things stand. When it first came they may have stood
   * otherwise: a repeat of what was carried out then is answered as it was then.
   */
  public static final class Denied extends Refusal {
    private static final long serialVersionUID = 1;

    private Denied(Problem problem, String detail, long retryAfter) {
      super(problem, detail, retryAfter);
    }
  }

  /** Nothing was decided: a repeat, later, may be carried out, or was before. */
  public static final class Postponed extends Refusal {
    private static final long serialVersionUID = 1;

    private Postponed(Problem problem, String detail, long retryAfter) {
      super(problem, detail, retryAfter);
    }
  }

  /** The server is at fault; its log says more. */
  public static final class Faulty extends Refusal {
    private static final long serialVersionUID = 1;

    private Faulty(String detail) {
      super(Problem.INTERNAL, detail, 0);
    }
  }

  public static Invalid invalid(Problem problem, String detail) {
    return new Invalid(problem, detail);
  }

  public static Denied denied(Problem problem, String detail) {
    return new Denied(problem, detail, 0);
  }

  /**
   * For some time.
   *
   * @param retryAfter milliseconds; 0 if nobody knows
   */
  public static Denied denied(Problem problem, String detail, long retryAfter) {
    return new Denied(problem, detail, retryAfter);
  }

  /**
   * @param retryAfter milliseconds
   */
  public static Postponed postponed(Problem problem, String detail, long retryAfter) {
    if (!problem.isTransient()) {
      throw new IllegalArgumentException("time does not heal " + problem);
    }
    return new Postponed(problem, detail, retryAfter);
  }

  public static Postponed storeIsAway(long retryAfter) {
    return postponed(Problem.UNAVAILABLE, "the store is away", retryAfter);
  }

  public static Faulty faulty(String detail) {
    return new Faulty(detail);
  }

  /** Of a fault in the program. */
  public static Faulty faulty() {
    return faulty("a fault of the server");
  }

  public Problem problem() {
    return problem;
  }

  /** What is wrong, for people. */
  public String detail() {
    return detail;
  }

  /** Milliseconds after which it may be tried again; 0 if that helps nobody. */
  public long retryAfter() {
    return retryAfter;
  }
}
