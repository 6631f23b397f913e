// SPDX-License-Identifier: Apache-2.0
/**
 * The operator's commands, over a Unix socket that only the owner of the server can open and in the
 * Gogo console.
 *
 * <pre>
 *   AdminSocket ──► RequestLine ──► CommandRegistry ──► Command ──► Answer (JSON)
 *                                        │
 *       StatusCommands  ServerCommands  StoreCommands  ImportCommands  PartCommands
 *              │               └──────────────┴──────────────┘              │
 *        ProgramHealth              chat.operations                   Swap, Upgrade
 * </pre>
 *
 * <p>What a command is called, takes and answers is said once, where it is made a {@code Command}.
 * Text for people is made by who asks; see {@code chat-admin-client}.
 */
@org.jspecify.annotations.NullMarked
package chat.admin;
