/* History replayed from nothing, by other means than the store's own: the board that it gives must
 * be the board that is there. */
#ifndef TOUCHLINE_TESTS_REPLAY_H
#define TOUCHLINE_TESTS_REPLAY_H

#include <stddef.h>
#include <stdint.h>

/* Fails the test when a change's old value is not what the changes before it left, or when a
 * record, a field or the order at the end is not what the board has. */
void replay_assert(const char *path);

/* The board as it was right after an edit; borrowed for the call. */
struct replayed {
    int64_t edit;
    struct sqlite3 *db;   /* with the board's tables but those of ballots; `ord` means nothing */
    const int64_t *order; /* ids of all items, moments and phases, deleted ones too */
    size_t count;
};

/* The same, and shows what each edit came to on the way. */
void replay_assert_each(const char *path, void (*each)(void *data, const struct replayed *board),
                        void *data);

#endif
