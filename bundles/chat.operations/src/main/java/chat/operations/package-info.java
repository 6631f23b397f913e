// SPDX-License-Identifier: Apache-2.0
/**
 * The operations contract: what whoever runs a server can ask of it, with JDK types only.
 * chat.server provides the services, chat.admin offers them to people and programs.
 *
 * <pre>
 *   chat.admin ──► ServerOperations   status, who is online, invitations, keys ◄── chat.server
 *              ──► AccountOperations  people: suspend, reset, roles, names
 *              ──► StoreOperations    stores, take over, migrate, back up, restore
 *              ──► ImportOperations   what people had elsewhere
 *   chat.server ─► AuditLog           what was done, durably                  ◄── chat.admin
 * </pre>
 *
 * <p>What can't be done is an {@link chat.operations.OperationException} with a reason for programs
 * and a message for people. {@link chat.operations.Health} is published so that it can be read
 * without this package, see there.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.5.0")
@org.jspecify.annotations.NullMarked
package chat.operations;
