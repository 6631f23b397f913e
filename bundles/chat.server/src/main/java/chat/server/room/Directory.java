// SPDX-License-Identifier: Apache-2.0
package chat.server.room;

/**
 * What the server keeps in memory of the store: who has an account, how people stand to each other,
 * and which rooms there are. May be read from any thread; the journal's thread alone changes it.
 */
public record Directory(Accounts accounts, Contacts contacts, Rooms rooms) {}
