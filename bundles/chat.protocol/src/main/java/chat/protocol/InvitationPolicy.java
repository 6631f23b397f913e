// SPDX-License-Identifier: Apache-2.0
package chat.protocol;

/** Whose invitations to rooms somebody takes. */
public enum InvitationPolicy {
  EVERYBODY,
  FRIENDS,
  NOBODY
}
