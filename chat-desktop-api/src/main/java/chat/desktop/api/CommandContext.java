// SPDX-License-Identifier: Apache-2.0
package chat.desktop.api;

import java.util.Optional;
import org.eclipse.swt.widgets.Shell;

/**
 * What a {@link Command} was called for.
 *
 * @param shell the window, as a parent for dialogs
 * @param message that its menu was opened for; needs the right {@code reads-messages}
 * @param room that its menu was opened for, else the room that is shown
 * @param person the name of whom its menu was opened for
 */
public record CommandContext(
    Shell shell,
    Compose compose,
    Optional<Message> message,
    Optional<ChatRoom> room,
    Optional<String> person) {}
