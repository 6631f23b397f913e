// SPDX-License-Identifier: Apache-2.0
/** What is done to a server meanwhile: which disturbances, when, and how. */
@org.jspecify.annotations.NullMarked
package chat.prove.fault;
