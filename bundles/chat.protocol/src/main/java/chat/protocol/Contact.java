// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

/**
 * Somebody with whom there is something.
 *
 * @param blocked by me
 */
public record Contact(Person person, Relation relation, boolean blocked) {}
