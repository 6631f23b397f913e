// SPDX-License-Identifier: Apache-2.0
package chat.storage.tck;

/** All that {@link chat.storage.ChatStore} promises, one interface for each part of it. */
public interface ChatStoreContract
    extends LifeContract,
        AppendContract,
        RepeatContract,
        ConditionContract,
        CellContract,
        PagingContract,
        AboutContract,
        SearchContract,
        CountContract,
        ErasureContract,
        BlobContract,
        CopyContract,
        DurabilityContract,
        DamageContract,
        ConcurrencyContract,
        HistoryContract {}
