// SPDX-License-Identifier: Apache-2.0
package chat.cli.base;

import java.util.List;

/**
 * Commands of another program that is started by the same script: completion and the manual cover
 * them too. Found by {@link java.util.ServiceLoader}.
 */
public interface CommandProvider {
  /** Objects with picocli's annotations, or methods that have them; each names one command. */
  List<Object> commands();
}
