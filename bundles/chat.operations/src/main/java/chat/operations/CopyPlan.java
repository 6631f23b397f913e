// SPDX-License-Identifier: Apache-2.0
package chat.operations;

/**
 * What a migration would have to copy.
 *
 * @param from describes the store in use
 * @param to describes the other one
 * @param entries messages and events
 * @param fileBytes bytes of files
 */
public record CopyPlan(String from, String to, long entries, long fileBytes) {}
