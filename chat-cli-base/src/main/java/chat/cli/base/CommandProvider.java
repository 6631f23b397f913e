// SPDX-License-Identifier: Apache-2.0
package chat.cli.base;

/**
 * Commands of another program that is started by the same script: completion and the manual cover
 * them too. Found by {@link java.util.ServiceLoader}.
 */
public interface CommandProvider {
  /** An object with picocli's annotations that names one command. */
  Object command();
}
