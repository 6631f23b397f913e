// SPDX-License-Identifier: Apache-2.0
/** Times that are measured: latencies, pauses of a server, syncs of a disk. */
@org.jspecify.annotations.NullMarked
package chat.prove.measure;
