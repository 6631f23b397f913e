// SPDX-License-Identifier: Apache-2.0
/**
 * Proves that exchanging parts of a running server loses nothing: clients write and listen while
 * parts are swapped, the server is killed or connections are cut, and every acknowledgement is held
 * against what is stored and what was heard.
 *
 * <pre>
 *   VerificationRun ── Load ── Client ── Wire      who writes and listens
 *     │                  └──── History             what they were told, and the verdict
 *     ├───── FaultInjector ── Server               what is done to the server meanwhile
 *     ├───── FileTraffic                           files up, and down again
 *     └───── Report                                the figures
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package chat.prove;
