// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

/**
 * An account, as owners of the server see it.
 *
 * @param created UTC milliseconds
 * @param seen when it was here last, in UTC milliseconds; 0 if it is not known, or is here now
 * @param suspended since when it can't log in, in UTC milliseconds; 0 if it can
 */
public record AccountInfo(
    Person person, ServerRole role, long created, boolean online, long seen, long suspended) {}
