/* Text in letters of blocks, to be read from the back row: a font of 5x7 dots, two of them to a
 * cell where half blocks can be shown. */
#include "block.h"
#include "touchline/memory.h"
#include "touchline/text.h"
#include <assert.h>
#include <string.h>

/* Seven rows of dots and one below the line, the leftmost of `columns` in bit 4. */
struct glyph {
    uint32_t point;
    uint8_t columns;
    uint8_t rows[BLOCK_DOTS];
};

/* clang-format off */
static const struct glyph glyphs[] = {
    {' ',  3, {0}},
    {'!',  1, {16, 16, 16, 16, 16, 0, 16, 0}},
    {'"',  3, {20, 20, 0, 0, 0, 0, 0, 0}},
    {'#',  5, {10, 10, 31, 10, 31, 10, 10, 0}},
    {'$',  5, {4, 15, 20, 14, 5, 30, 4, 0}},
    {'%',  5, {24, 25, 2, 4, 8, 19, 3, 0}},
    {'&',  5, {12, 18, 20, 8, 21, 18, 13, 0}},
    {'\'', 1, {16, 16, 0, 0, 0, 0, 0, 0}},
    {'(',  3, {4, 8, 16, 16, 16, 8, 4, 0}},
    {')',  3, {16, 8, 4, 4, 4, 8, 16, 0}},
    {'*',  5, {0, 4, 21, 14, 21, 4, 0, 0}},
    {'+',  5, {0, 4, 4, 31, 4, 4, 0, 0}},
    {',',  2, {0, 0, 0, 0, 0, 24, 8, 16}},
    {'-',  4, {0, 0, 0, 30, 0, 0, 0, 0}},
    {'.',  2, {0, 0, 0, 0, 0, 24, 24, 0}},
    {'/',  5, {1, 1, 2, 4, 8, 16, 16, 0}},
    {'0',  5, {14, 17, 19, 21, 25, 17, 14, 0}},
    {'1',  3, {8, 24, 8, 8, 8, 8, 28, 0}},
    {'2',  5, {14, 17, 1, 2, 4, 8, 31, 0}},
    {'3',  5, {31, 2, 4, 2, 1, 17, 14, 0}},
    {'4',  5, {2, 6, 10, 18, 31, 2, 2, 0}},
    {'5',  5, {31, 16, 30, 1, 1, 17, 14, 0}},
    {'6',  5, {6, 8, 16, 30, 17, 17, 14, 0}},
    {'7',  5, {31, 1, 2, 4, 8, 8, 8, 0}},
    {'8',  5, {14, 17, 17, 14, 17, 17, 14, 0}},
    {'9',  5, {14, 17, 17, 15, 1, 2, 12, 0}},
    {':',  2, {0, 24, 24, 0, 24, 24, 0, 0}},
    {';',  2, {0, 24, 24, 0, 0, 24, 8, 16}},
    {'<',  4, {2, 4, 8, 16, 8, 4, 2, 0}},
    {'=',  4, {0, 0, 30, 0, 30, 0, 0, 0}},
    {'>',  4, {16, 8, 4, 2, 4, 8, 16, 0}},
    {'?',  5, {14, 17, 1, 2, 4, 0, 4, 0}},
    {'@',  5, {14, 17, 1, 13, 21, 21, 14, 0}},
    {'A',  5, {14, 17, 17, 31, 17, 17, 17, 0}},
    {'B',  5, {30, 17, 17, 30, 17, 17, 30, 0}},
    {'C',  5, {14, 17, 16, 16, 16, 17, 14, 0}},
    {'D',  5, {30, 17, 17, 17, 17, 17, 30, 0}},
    {'E',  5, {31, 16, 16, 30, 16, 16, 31, 0}},
    {'F',  5, {31, 16, 16, 30, 16, 16, 16, 0}},
    {'G',  5, {14, 17, 16, 23, 17, 17, 15, 0}},
    {'H',  5, {17, 17, 17, 31, 17, 17, 17, 0}},
    {'I',  3, {28, 8, 8, 8, 8, 8, 28, 0}},
    {'J',  5, {7, 2, 2, 2, 2, 18, 12, 0}},
    {'K',  5, {17, 18, 20, 24, 20, 18, 17, 0}},
    {'L',  5, {16, 16, 16, 16, 16, 16, 31, 0}},
    {'M',  5, {17, 27, 21, 21, 17, 17, 17, 0}},
    {'N',  5, {17, 17, 25, 21, 19, 17, 17, 0}},
    {'O',  5, {14, 17, 17, 17, 17, 17, 14, 0}},
    {'P',  5, {30, 17, 17, 30, 16, 16, 16, 0}},
    {'Q',  5, {14, 17, 17, 17, 21, 18, 13, 0}},
    {'R',  5, {30, 17, 17, 30, 20, 18, 17, 0}},
    {'S',  5, {15, 16, 16, 14, 1, 1, 30, 0}},
    {'T',  5, {31, 4, 4, 4, 4, 4, 4, 0}},
    {'U',  5, {17, 17, 17, 17, 17, 17, 14, 0}},
    {'V',  5, {17, 17, 17, 17, 17, 10, 4, 0}},
    {'W',  5, {17, 17, 17, 21, 21, 21, 10, 0}},
    {'X',  5, {17, 17, 10, 4, 10, 17, 17, 0}},
    {'Y',  5, {17, 17, 17, 10, 4, 4, 4, 0}},
    {'Z',  5, {31, 1, 2, 4, 8, 16, 31, 0}},
    {'[',  3, {28, 16, 16, 16, 16, 16, 28, 0}},
    {'\\', 5, {16, 16, 8, 4, 2, 1, 1, 0}},
    {']',  3, {28, 4, 4, 4, 4, 4, 28, 0}},
    {'_',  5, {0, 0, 0, 0, 0, 0, 0, 31}},
    {0xdf, 5, {14, 17, 17, 22, 17, 17, 22, 16}}, /* ß */
};

/* A letter and what stands above it, or below. */
enum mark { ACUTE = 2, GRAVE = 8, CIRCUMFLEX = 4, TILDE = 13, DIAERESIS = 10, CEDILLA = 0 };
static const struct accented {
    uint32_t point;
    char letter;
    uint8_t mark;
} accents[] = {
    {0xc0, 'A', GRAVE}, {0xc1, 'A', ACUTE}, {0xc2, 'A', CIRCUMFLEX}, {0xc3, 'A', TILDE},
    {0xc4, 'A', DIAERESIS}, {0xc5, 'A', CIRCUMFLEX}, {0xc7, 'C', CEDILLA}, {0xc8, 'E', GRAVE},
    {0xc9, 'E', ACUTE}, {0xca, 'E', CIRCUMFLEX}, {0xcb, 'E', DIAERESIS}, {0xcc, 'I', GRAVE},
    {0xcd, 'I', ACUTE}, {0xce, 'I', CIRCUMFLEX}, {0xcf, 'I', DIAERESIS}, {0xd1, 'N', TILDE},
    {0xd2, 'O', GRAVE}, {0xd3, 'O', ACUTE}, {0xd4, 'O', CIRCUMFLEX}, {0xd5, 'O', TILDE},
    {0xd6, 'O', DIAERESIS}, {0xd9, 'U', GRAVE}, {0xda, 'U', ACUTE}, {0xdb, 'U', CIRCUMFLEX},
    {0xdc, 'U', DIAERESIS}, {0xdd, 'Y', ACUTE},
};

/* Dots of a letter: columns and half rows of cells. The largest first. */
static const struct size {
    int columns, halves;
    bool ascii, halved; /* which terminals it is for: `halved` needs half blocks */
} sizes[] = {
    {6, 6, true,  true },
    {5, 5, false, true },
    {4, 4, true,  true },
    {3, 3, false, true },
    {2, 2, true,  true },
    {1, 2, true,  false},
    {1, 1, false, true },
};
/* clang-format on */

enum { SIZES = sizeof sizes / sizeof *sizes, LETTER_GAP = 1 };

/* --- letters ---------------------------------------------------------------------------------- */

/* Quotes and dashes as typed on a keyboard; letters as capitals. */
static uint32_t plain_point(uint32_t point)
{
    if ((point >= 'a' && point <= 'z') || (point >= 0xe0 && point <= 0xfd && point != 0xf7))
        return point - 0x20;
    if (point == 0x2018 || point == 0x2019)
        return '\'';
    if (point == 0x201c || point == 0x201d)
        return '"';
    if (point == 0x2013 || point == 0x2014)
        return '-';
    return point == '\n' || point == '\t' ? ' ' : point;
}

static const struct glyph *find_glyph(uint32_t point)
{
    for (size_t i = 0; i < sizeof glyphs / sizeof *glyphs; i++)
        if (glyphs[i].point == point)
            return &glyphs[i];
    return NULL;
}

static bool accented_glyph(uint32_t point, struct glyph *glyph)
{
    const struct accented *found = NULL;
    for (size_t i = 0; i < sizeof accents / sizeof *accents; i++)
        if (accents[i].point == point)
            found = &accents[i];
    if (found == NULL)
        return false;
    const struct glyph *letter = find_glyph((unsigned char)found->letter);
    assert(letter);
    *glyph = *letter;
    if (found->mark == CEDILLA) {
        glyph->rows[BLOCK_DOTS - 1] = 4;
        return true;
    }
    memmove(glyph->rows + 1, glyph->rows, BLOCK_DOTS - 1);
    glyph->rows[0] = (uint8_t)(glyph->columns == 3 ? found->mark << 1 & 28 : found->mark);
    return true;
}

static bool glyph_of(uint32_t point, struct glyph *glyph)
{
    point = plain_point(point);
    const struct glyph *found = find_glyph(point);
    if (found == NULL)
        return accented_glyph(point, glyph);
    *glyph = *found;
    return true;
}

/* The next letter of a text; false at its end, or when the font has none for it. */
static bool next_glyph(const char **at, const char *end, struct glyph *glyph)
{
    uint32_t point;
    size_t length = text_decode_cluster(*at, (size_t)(end - *at), &point);
    *at += length;
    return length > 0 && glyph_of(point, glyph);
}

bool block_can(const char *text)
{
    struct glyph glyph;
    const char *end = text + strlen(text);
    bool more;
    do
        more = next_glyph(&text, end, &glyph);
    while (more);
    return text == end;
}

/* --- lines ------------------------------------------------------------------------------------ */

/* In dots. */
static int dots_across(const char *text, size_t length)
{
    int dots = 0;
    struct glyph glyph;
    for (const char *end = text + length; next_glyph(&text, end, &glyph);)
        dots += glyph.columns + LETTER_GAP;
    return dots > 0 ? dots - LETTER_GAP : 0;
}

/* Takes the words that fit into `dots`; false at the end, or when a word alone is too wide. */
static bool next_line(const char **at, int dots, const char **line, size_t *length)
{
    *at += strspn(*at, " \n\t");
    *line = *at;
    *length = 0;
    while (**at != '\0') {
        const char *word = *at + strspn(*at, " \n\t");
        const char *end = word + strcspn(word, " \n\t");
        if (dots_across(*line, (size_t)(end - *line)) > dots)
            break;
        *length = (size_t)(end - *line);
        *at = end;
        *at += strspn(*at, " \n\t");
    }
    return *length > 0;
}

/* Lines that the text takes in so many dots; -1: a word does not fit. */
static int count_lines(const char *text, int dots)
{
    int lines = 0;
    const char *line;
    size_t length;
    while (next_line(&text, dots, &line, &length))
        lines++;
    return *text == '\0' ? lines : -1;
}

static int letter_rows(const struct size *size)
{
    return (BLOCK_DOTS * size->halves + 1) / 2;
}

static int rows_of(int lines, const struct size *size, bool airy)
{
    return lines * letter_rows(size) + (airy && lines > 1 ? lines - 1 : 0);
}

/* Airy first: a row between lines. */
static bool fits(const struct frame *frame, struct rect rect, const char *text,
                 const struct size *size, struct block_fit *fit)
{
    if (frame->ascii ? !size->ascii : !size->halved)
        return false;
    int lines = count_lines(text, rect.columns / size->columns);
    for (int airy = 1; lines > 0 && airy >= 0; airy--) {
        int rows = rows_of(lines, size, airy != 0);
        if (rows > rect.rows)
            continue;
        *fit = (struct block_fit){.size = (int)(size - sizes), .rows = rows, .airy = airy != 0};
        return true;
    }
    return false;
}

bool block_fit(const struct frame *frame, struct rect rect, const char *text, struct block_fit *fit)
{
    if (!block_can(text))
        return false;
    for (int i = 0; i < SIZES; i++)
        if (fits(frame, rect, text, &sizes[i], fit))
            return true;
    return false;
}

/* --- drawing ---------------------------------------------------------------------------------- */

static bool is_lit(const struct glyph *glyph, int column, int row)
{
    return row < BLOCK_DOTS && (glyph->rows[row] & 16 >> column) != 0;
}

/* One cell shows two half rows. */
static void draw_cell(struct frame *frame, int row, int column, bool upper, bool lower,
                      struct style style)
{
    if (upper && lower)
        frame_put(frame, row, column, 0x2588, style);
    else if (upper || lower)
        frame_put(frame, row, column, upper ? 0x2580 : 0x2584, style);
}

static void draw_glyph(struct frame *frame, int row, int column, const struct glyph *glyph,
                       const struct size *size, struct style style)
{
    for (int y = 0; y < letter_rows(size); y++)
        for (int x = 0; x < glyph->columns * size->columns; x++) {
            int dot = x / size->columns;
            bool upper = is_lit(glyph, dot, 2 * y / size->halves);
            bool lower = is_lit(glyph, dot, (2 * y + 1) / size->halves);
            draw_cell(frame, row + y, column + x, upper, lower, style);
        }
}

static void draw_line(struct frame *frame, struct rect rect, const char *line, size_t length,
                      const struct size *size, struct style style)
{
    struct glyph glyph;
    int column = rect.column;
    for (const char *end = line + length; next_glyph(&line, end, &glyph);) {
        draw_glyph(frame, rect.row, column, &glyph, size, style);
        column += (glyph.columns + LETTER_GAP) * size->columns;
    }
}

void block_draw(struct frame *frame, struct rect rect, const char *text,
                const struct block_fit *fit, bool centred, struct style style)
{
    const struct size *size = &sizes[fit->size];
    const char *line;
    size_t length;
    while (next_line(&text, rect.columns / size->columns, &line, &length)) {
        struct rect place = rect;
        int columns = dots_across(line, length) * size->columns;
        place.column += centred ? (rect.columns - columns) / 2 : 0;
        draw_line(frame, place, line, length, size, style);
        rect.row += letter_rows(size) + fit->airy;
    }
}

/* --- what the font has not -------------------------------------------------------------------- */

/* Letters that join their neighbours (Arabic, the scripts of India, Thai ...) stay together. */
static bool joins(uint32_t point)
{
    return point >= 0x0600 && point < 0x1100;
}

static void add_spaced(struct buffer *out, const char *text, size_t length)
{
    while (length > 0) {
        uint32_t point = 0;
        size_t cluster = text_cluster_length(text, length);
        (void)text_decode(text, length, &point);
        buffer_add(out, text, cluster);
        text += cluster;
        length -= cluster;
        if (!joins(point) && length > 0)
            buffer_add_byte(out, ' ');
    }
}

static void draw_words(struct frame *frame, struct rect rect, const char *text, size_t length,
                       bool centred)
{
    int columns = text_columns(text, length);
    int left = centred && columns < rect.columns ? (rect.columns - columns) / 2 : 0;
    frame_bytes(frame, rect.row, rect.column + left, rect.columns - left, text, length,
                style_of(ROLE_STRONG));
}

/* Spaced, a line takes at most twice the columns. */
static int spaced_columns(int columns)
{
    return columns > 1 ? columns / 2 : 1;
}

static void draw_spaced(struct frame *frame, struct rect rect, const char *text, bool centred)
{
    struct buffer line = {0};
    struct text_wrap wrap = {
        .text = text, .length = strlen(text), .columns = spaced_columns(rect.columns)};
    for (; text_wrap_next(&wrap); rect.row++) {
        buffer_clear(&line);
        add_spaced(&line, wrap.line, wrap.line_length);
        draw_words(frame, rect, buffer_text(&line), line.length, centred);
    }
    buffer_release(&line);
}

static void draw_wrapped(struct frame *frame, struct rect rect, const char *text, bool centred)
{
    struct text_wrap wrap = {.text = text, .length = strlen(text), .columns = rect.columns};
    for (int i = 0; i < rect.rows && text_wrap_next(&wrap); i++, rect.row++) {
        bool cut = i + 1 == rect.rows && wrap.at < wrap.length;
        size_t rest = wrap.length - (size_t)(wrap.line - wrap.text);
        draw_words(frame, rect, wrap.line, cut ? rest : wrap.line_length, centred);
    }
}

static bool is_spaced(struct rect rect, const char *text)
{
    return !block_can(text) && wrapped_rows(text, spaced_columns(rect.columns)) <= rect.rows;
}

bool large_fits(const struct frame *frame, struct rect rect, const char *text)
{
    struct block_fit fit;
    return block_can(text) ? block_fit(frame, rect, text, &fit) : is_spaced(rect, text);
}

int large_rows(const struct frame *frame, struct rect rect, const char *text)
{
    struct block_fit fit;
    if (block_fit(frame, rect, text, &fit))
        return fit.rows;
    int columns = is_spaced(rect, text) ? spaced_columns(rect.columns) : rect.columns;
    int rows = wrapped_rows(text, columns);
    return rows < rect.rows ? rows : rect.rows;
}

void large_text(struct frame *frame, struct rect rect, const char *text, bool centred)
{
    struct block_fit fit;
    if (block_fit(frame, rect, text, &fit))
        block_draw(frame, rect, text, &fit, centred, style_of(ROLE_STRONG));
    else if (is_spaced(rect, text))
        draw_spaced(frame, rect, text, centred);
    else
        draw_wrapped(frame, rect, text, centred);
}
