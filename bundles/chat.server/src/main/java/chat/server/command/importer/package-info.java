// SPDX-License-Identifier: Apache-2.0
/** Imports what people had elsewhere before they came here. */
@org.jspecify.annotations.NullMarked
package chat.server.command.importer;
