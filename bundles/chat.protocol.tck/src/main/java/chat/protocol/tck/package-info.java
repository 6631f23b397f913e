// SPDX-License-Identifier: Apache-2.0
/**
 * The wire contract as tests: a wire format's test class implements {@link
 * chat.protocol.tck.WireContract} and says which formats to try; an adapter's implements {@link
 * chat.protocol.tck.InterpreterContract}. Never deployed.
 */
@org.jspecify.annotations.NullMarked
package chat.protocol.tck;
