// SPDX-License-Identifier: Apache-2.0
package chat.launcher;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param home where the program is
 * @param data where the server keeps everything
 * @param config where its configuration is
 * @param port beats the configured one
 * @param maintenance whether it is there for its operator alone: nobody can connect, and a store
 *     may be missing
 */
record Options(Path home, Path data, Path config, Optional<Integer> port, boolean maintenance) {}
