// SPDX-License-Identifier: Apache-2.0
package chat.operations;

import java.util.Optional;

/**
 * An invitation as an operator wants it.
 *
 * @param uses for how many accounts
 * @param days for how long
 * @param host how the server is called from outside; empty for what this machine calls itself
 */
public record InvitationRequest(int uses, int days, Optional<String> host) {}
