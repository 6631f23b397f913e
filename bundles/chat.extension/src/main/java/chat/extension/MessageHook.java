// SPDX-License-Identifier: Apache-2.0
package chat.extension;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Sees each text before it is stored, and lets it pass, refuses it, or puts another one in its
 * place. Registered as a service; of several, the one with the highest service ranking is asked
 * first, and the next one sees what that left.
 *
 * <p>Texts are new messages, changed ones and forwarded ones, of every room; files are not shown to
 * hooks. A text that its author sends again, because the answer got lost, is shown again; if it was
 * stored before, the verdict changes nothing.
 *
 * <p><b>Limits.</b> A hook has {@value #MILLIS} ms for a text. One that takes longer, fails or
 * gives what can't be stored is passed over for this text, which is stored as the hook was given
 * it; the server's log and status tell so.
 *
 * <p><b>Threads.</b> Called by threads of its own, up to {@value #THREADS} at a time; the texts of
 * one device come one after the other.
 */
@ConsumerType
public interface MessageHook {
  /** Milliseconds that a verdict may take. */
  int MILLIS = 50;

  /** Texts that are shown to one hook at a time. */
  int THREADS = 4;

  /** What is to become of a text. */
  Verdict check(ProposedText text);
}
