// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

/**
 * What somebody says of themselves.
 *
 * @param status a few words on what is just now
 * @param lastSeen UTC milliseconds; 0 if it is not known, or not shown
 * @param relation how the asker stands to this person
 * @param blocked by the asker
 * @param showSeen whether others see when this person was here last; the person's own to know
 * @param showRead whether others see what this person has read; the person's own to know
 * @param invitations whose invitations this person takes; the person's own to know
 */
public record Profile(
    Person person,
    String status,
    String about,
    long lastSeen,
    Relation relation,
    boolean blocked,
    boolean showSeen,
    boolean showRead,
    InvitationPolicy invitations) {}
