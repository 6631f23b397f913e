// SPDX-License-Identifier: Apache-2.0
/**
 * Starts the server: a folder of bundles, a start level a subfolder, in one Felix framework.
 *
 * <p>The folder {@code system/} is the only truth about what runs; the framework's own cache is
 * emptied at each start.
 */
@org.jspecify.annotations.NullMarked
package chat.launcher;
