// SPDX-License-Identifier: Apache-2.0
/**
 * What the server keeps in memory of the store: rooms with their members and newest entries,
 * accounts and contacts; and the forms in which all of it is stored.
 */
@org.jspecify.annotations.NullMarked
package chat.server.room;
