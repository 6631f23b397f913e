// SPDX-License-Identifier: Apache-2.0
/** Shows files of comma-separated values as tables. */
@org.jspecify.annotations.NullMarked
package chat.example.csv;
