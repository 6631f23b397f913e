// SPDX-License-Identifier: Apache-2.0
package chat.server.session;

import chat.server.extension.TextHooks;

/**
 * What comes and goes while the server is at work.
 *
 * @param hooks see texts before they are stored
 */
public record Providers(Formats formats, TextHooks hooks) {}
