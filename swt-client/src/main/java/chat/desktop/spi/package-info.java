// SPDX-License-Identifier: Apache-2.0
/**
 * What others can add to the client: jars in the folder {@code plugins} of the program that name
 * their classes the way of {@link java.util.ServiceLoader}.
 */
@org.jspecify.annotations.NullMarked
package chat.desktop.spi;
