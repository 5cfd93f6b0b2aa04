#include "theme.h"
#include "touchline/colour.h"
#include <assert.h>

enum { BLACK = 16, WHITE = 231, LIGHTEST_DARK = 234 };
/* The range of red, green and blue below which a colour counts as a grey. */
enum { GREY_RANGE = 48 };
enum { BLACK_OF_16 = 0, WHITE_OF_8 = 7, WHITE_OF_16 = 15 };

/* What the style's `colour` does to a role. */
enum use {
    PLAIN, /* nothing: the role has colours of its own */
    FILL,  /* it is the fill, under the more readable of black and white */
    TOP,   /* it is the ink, on black */
    INK    /* it is the ink, on the ground, as far as that is readable */
};

enum { B = STYLE_BOLD, R = STYLE_REVERSE, U = STYLE_UNDERLINE, D = COLOUR_DEFAULT };

static const enum use uses[ROLES] = {
    [ROLE_CARD] = FILL,  [ROLE_CARD_TOP] = TOP,     [ROLE_CARD_CORNER] = FILL,
    [ROLE_RATING] = INK, [ROLE_RATING_FILL] = FILL,
};

/* One row a role: ink, fill and flags on a dark ground, on a light one, and for the projector,
 * whose default colours are black on white. */
static const struct look looks_256[ROLES][GROUNDS] = {
    /* clang-format off */
    [ROLE_TEXT]        = {{D, D, 0},     {D, D, 0},     {D, D, 0}},
    [ROLE_QUIET]       = {{248, D, 0},   {240, D, 0},   {D, D, 0}},
    [ROLE_DOTS]        = {{242, D, 0},   {247, D, 0},   {D, D, 0}},
    [ROLE_STRONG]      = {{D, D, B},     {D, D, B},     {D, D, B}},
    [ROLE_BAR]         = {{252, 236, 0}, {235, 253, 0}, {231, 16, 0}},
    [ROLE_BAR_STRONG]  = {{231, 236, B}, {16, 253, B},  {231, 16, B}},
    [ROLE_BAR_KEY]     = {{16, 252, B},  {231, 238, B}, {16, 231, B}},
    [ROLE_STEP]        = {{252, 236, 0}, {235, 253, 0}, {231, 16, 0}},
    [ROLE_STEP_NOW]    = {{16, 222, B},  {16, 222, B},  {16, 220, B}},
    [ROLE_TIMER]       = {{222, 236, B}, {52, 253, B},  {220, 16, B}},
    [ROLE_PHASE]       = {{16, 250, 0},  {16, 250, 0},  {231, 16, B}},
    [ROLE_PROMPT]      = {{222, D, B},   {94, D, B},    {D, D, B}},
    [ROLE_MESSAGE]     = {{D, D, 0},     {D, D, 0},     {D, D, 0}},
    [ROLE_WARNING]     = {{216, D, B},   {124, D, B},   {124, D, B}},
    [ROLE_CARD]        = {{D, D, 0},     {D, D, 0},     {D, D, 0}},
    [ROLE_CARD_TOP]    = {{D, D, R},     {D, D, R},     {D, D, R}},
    [ROLE_CARD_CORNER] = {{D, D, 0},     {D, D, 0},     {D, D, 0}},
    [ROLE_GHOST]       = {{248, D, 0},   {240, D, 0},   {D, D, 0}},
    [ROLE_RATING]      = {{D, D, 0},     {D, D, 0},     {D, D, 0}},
    [ROLE_RATING_FILL] = {{D, D, R},     {D, D, R},     {D, D, R}},
    [ROLE_STATE]       = {{222, D, 0},   {94, D, 0},    {D, D, 0}},
    [ROLE_FIELD]       = {{231, 238, 0}, {16, 254, 0},  {16, 254, U}},
    [ROLE_SELECTED]    = {{D, D, R},     {D, D, R},     {D, D, R}},
    [ROLE_MODE]        = {{D, D, R | B}, {D, D, R | B}, {D, D, R | B}},
    /* clang-format on */
};

/* The same for 16 and 8 colours. The bar is in reverse: no index is sure to be a quiet grey. */
static const struct look looks_16[ROLES][GROUNDS] = {
    /* clang-format off */
    [ROLE_TEXT]        = {{D, D, 0},     {D, D, 0},     {D, D, 0}},
    [ROLE_QUIET]       = {{7, D, 0},     {D, D, 0},     {D, D, 0}},
    [ROLE_DOTS]        = {{7, D, 0},     {D, D, 0},     {D, D, 0}},
    [ROLE_STRONG]      = {{D, D, B},     {D, D, B},     {D, D, B}},
    [ROLE_BAR]         = {{D, D, R},     {D, D, R},     {15, 0, 0}},
    [ROLE_BAR_STRONG]  = {{D, D, R | B}, {D, D, R | B}, {15, 0, B}},
    [ROLE_BAR_KEY]     = {{D, D, B},     {D, D, B},     {0, 15, B}},
    [ROLE_STEP]        = {{D, D, R},     {D, D, R},     {15, 0, 0}},
    [ROLE_STEP_NOW]    = {{0, 3, 0},     {0, 3, 0},     {0, 11, 0}},
    [ROLE_TIMER]       = {{D, D, R | B}, {D, D, R | B}, {11, 0, B}},
    [ROLE_PHASE]       = {{0, 7, 0},     {0, 7, 0},     {15, 0, B}},
    [ROLE_PROMPT]      = {{11, D, B},    {4, D, B},     {D, D, B}},
    [ROLE_MESSAGE]     = {{D, D, 0},     {D, D, 0},     {D, D, 0}},
    [ROLE_WARNING]     = {{9, D, B},     {1, D, U},     {1, D, U}},
    [ROLE_CARD]        = {{D, D, 0},     {D, D, 0},     {D, D, 0}},
    [ROLE_CARD_TOP]    = {{D, D, R},     {D, D, R},     {D, D, R}},
    [ROLE_CARD_CORNER] = {{D, D, 0},     {D, D, 0},     {D, D, 0}},
    [ROLE_GHOST]       = {{7, D, 0},     {D, D, 0},     {D, D, 0}},
    [ROLE_RATING]      = {{D, D, 0},     {D, D, 0},     {D, D, 0}},
    [ROLE_RATING_FILL] = {{D, D, R},     {D, D, R},     {D, D, R}},
    [ROLE_STATE]       = {{11, D, 0},    {4, D, 0},     {D, D, 0}},
    [ROLE_FIELD]       = {{D, D, U},     {D, D, U},     {D, D, U}},
    [ROLE_SELECTED]    = {{D, D, R},     {D, D, R},     {D, D, R}},
    [ROLE_MODE]        = {{D, D, R | B}, {D, D, R | B}, {D, D, R | B}},
    /* clang-format on */
};

static const unsigned flags_of_mono[ROLES] = {
    [ROLE_STRONG] = B,      [ROLE_BAR] = R,       [ROLE_BAR_STRONG] = R | B,
    [ROLE_BAR_KEY] = B,     [ROLE_STEP] = R,      [ROLE_STEP_NOW] = B | U,
    [ROLE_TIMER] = R | B,   [ROLE_PHASE] = B | U, [ROLE_PROMPT] = B,
    [ROLE_WARNING] = B | U, [ROLE_CARD_TOP] = R,  [ROLE_CARD_CORNER] = B,
    [ROLE_RATING_FILL] = R, [ROLE_FIELD] = U,     [ROLE_SELECTED] = R,
    [ROLE_MODE] = R | B,
};

/* The channels and ratings of a new board: their fill where there are 16 or 8 colours,
 * their ink there on black and on white, and with 256 on white; each pair looked at and measured.
 * Any other colour that a user picks goes by nearness. */
static const struct preset {
    int colour, fill_16, on_black_16, on_white_16, on_white;
    unsigned without; /* told by this where there is no colour for it */
} presets[] = {
    {156, 2, 10, D, 28, 0},      /* in person */
    {153, 4, 6, 4, 20, 0},       /* phone */
    {180, 3, 3, D, 130, 0},      /* email */
    {50, 6, 14, D, 24, 0},       /* website */
    {141, 7, 7, D, 55, 0},       /* post */
    {211, 5, 13, 5, 163, 0},     /* webinar */
    {203, 1, 9, 1, 124, 0},      /* miserable */
    {250, D, D, D, 240, 0},      /* neutral */
    {220, 11, 11, D, 58, B | U}, /* magical */
};

static const struct preset *preset_of(int colour)
{
    for (size_t i = 0; i < sizeof presets / sizeof presets[0]; i++)
        if (presets[i].colour == colour)
            return &presets[i];
    return NULL;
}

/* --- contrast --------------------------------------------------------------------------------- */

/* x (0 to 1) to the 2.4th as x² times the fifth root of x², by Newton: pow() would be all that the
 * program needs libm for. Ten steps are good for 9 digits from where `linear` begins. */
static double power_2_4(double x)
{
    double square = x * x, root = 0.4 + 0.6 * x;
    for (int i = 0; i < 10; i++)
        root -= (root - square / (root * root * root * root)) / 5;
    return square * root;
}

/* One share of light (0 to 1) out of a share of the sRGB scale (WCAG 2, relative luminance). */
static double linear(double share)
{
    return share <= 0.04045 ? share / 12.92 : power_2_4((share + 0.055) / 1.055);
}

static double luminance(double red, double green, double blue)
{
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

static double luminance_of(int colour)
{
    struct rgb rgb = colour_rgb(colour);
    return luminance(rgb.red / 255.0, rgb.green / 255.0, rgb.blue / 255.0);
}

static double ratio(double one, double other)
{
    return one > other ? (one + 0.05) / (other + 0.05) : (other + 0.05) / (one + 0.05);
}

double theme_contrast(int one, int other)
{
    return ratio(luminance_of(one), luminance_of(other));
}

bool theme_is_light(double red, double green, double blue)
{
    double light = luminance(red, green, blue);
    return ratio(light, 0) > ratio(light, 1);
}

static int least_of(struct rgb rgb)
{
    int least = rgb.red < rgb.green ? rgb.red : rgb.green;
    return least < rgb.blue ? least : rgb.blue;
}

static int most_of(struct rgb rgb)
{
    int most = rgb.red > rgb.green ? rgb.red : rgb.green;
    return most > rgb.blue ? most : rgb.blue;
}

/* The full hue of what is not grey. Of 16 colours the nearest to a pale red would be a grey. */
static struct rgb vivid(struct rgb rgb)
{
    int least = least_of(rgb), range = most_of(rgb) - least;
    if (range < GREY_RANGE)
        return rgb;
    return (struct rgb){(rgb.red - least) * 255 / range, (rgb.green - least) * 255 / range,
                        (rgb.blue - least) * 255 / range};
}

/* How far apart two colours are, red and blue weighted by the amount of red: a cheap stand-in for
 * the eye. */
static int distance(struct rgb a, struct rgb b)
{
    int mean = (a.red + b.red) / 2;
    int red = a.red - b.red, green = a.green - b.green, blue = a.blue - b.blue;
    return ((512 + mean) * red * red >> 8) + 4 * green * green + ((767 - mean) * blue * blue >> 8);
}

/* How far `colour` is from what is `wanted`: by hue alone among the first 16. */
static int far_from(int colour, int wanted)
{
    struct rgb rgb = colour_rgb(wanted);
    return distance(colour_rgb(colour), colour < 16 ? vivid(rgb) : rgb);
}

/* The colour from `first` to `last` nearest to `wanted` among those with a contrast of 4.5 to
 * `against`; COLOUR_DEFAULT when there is none. */
static int nearest_readable(int wanted, int first, int last, int against)
{
    int best = COLOUR_DEFAULT, least = 0;
    for (int colour = first; colour <= last; colour++) {
        if (theme_contrast(colour, against) < 4.5)
            continue;
        int far = far_from(colour, wanted);
        if (best == COLOUR_DEFAULT || far < least) {
            best = colour;
            least = far;
        }
    }
    return best;
}

/* --- roles with a colour of the user's -------------------------------------------------------- */

static bool has_256(const struct theme *theme)
{
    return theme->colours >= 256;
}

static int better_ink(const struct theme *theme, int fill)
{
    int black = has_256(theme) ? BLACK : BLACK_OF_16;
    int white = has_256(theme) ? WHITE : WHITE_OF_16;
    return theme_contrast(black, fill) >= theme_contrast(white, fill) ? black : white;
}

/* Of 16 or 8 colours, the fill that comes nearest and can be written on. Not black: that is the
 * ground of most. */
static int nearest_fill(const struct theme *theme, int wanted)
{
    int best = 7, least = far_from(7, wanted);
    for (int colour = 1; colour < theme->colours; colour++) {
        int far = far_from(colour, wanted);
        if (far < least && theme_contrast(better_ink(theme, colour), colour) >= 4.5) {
            best = colour;
            least = far;
        }
    }
    return best;
}

static int fill_of(const struct theme *theme, int colour)
{
    if (has_256(theme))
        return colour;
    const struct preset *preset = preset_of(colour);
    if (preset != NULL && preset->fill_16 < theme->colours)
        return preset->fill_16;
    return preset != NULL ? COLOUR_DEFAULT : nearest_fill(theme, colour);
}

/* A fill that there is no colour for is the ground in reverse. */
static void use_as_fill(const struct theme *theme, int colour, struct look *look)
{
    const struct preset *preset = preset_of(colour);
    int fill = fill_of(theme, colour);
    if (fill == COLOUR_DEFAULT) {
        look->flags |= R | (preset != NULL ? preset->without : 0);
        return;
    }
    look->fill = fill;
    look->ink = better_ink(theme, fill);
    look->flags &= ~(unsigned)R;
}

/* What an ink has to stand out from. Dark grounds are not all black: 234 (#1c1c1c) is the lightest
 * of the common ones. The projector's white is 7 where there is no 15. */
static int ground_of(const struct theme *theme)
{
    if (theme->ground == GROUND_DARK)
        return has_256(theme) ? LIGHTEST_DARK : BLACK_OF_16;
    if (theme->ground == GROUND_PROJECTOR && theme->colours == 8)
        return WHITE_OF_8;
    return has_256(theme) ? WHITE : WHITE_OF_16;
}

static int readable_or_default(int colour, int ground)
{
    bool readable = colour != COLOUR_DEFAULT && theme_contrast(colour, ground) >= 4.5;
    return readable ? colour : COLOUR_DEFAULT;
}

/* The ink for `colour` on a ground, or COLOUR_DEFAULT: what was agreed, it itself, or the nearest
 * that can be read. */
static int ink_on(const struct theme *theme, int colour, int ground)
{
    const struct preset *preset = preset_of(colour);
    bool on_white = theme_contrast(ground, WHITE) < theme_contrast(ground, BLACK);
    if (preset != NULL && !has_256(theme))
        return readable_or_default(on_white ? preset->on_white_16 : preset->on_black_16, ground);
    if (preset != NULL && on_white)
        return preset->on_white;
    if (!has_256(theme))
        return nearest_readable(colour, 0, 15, ground);
    return theme_contrast(colour, ground) >= 4.5 ? colour
                                                 : nearest_readable(colour, 16, 255, ground);
}

static void use_as_ink(const struct theme *theme, int colour, struct look *look)
{
    const struct preset *preset = preset_of(colour);
    look->ink = ink_on(theme, colour, ground_of(theme));
    if (look->ink == COLOUR_DEFAULT && preset != NULL)
        look->flags |= preset->without;
}

static void use_as_top(const struct theme *theme, int colour, struct look *look)
{
    look->fill = has_256(theme) ? BLACK : BLACK_OF_16;
    look->ink = ink_on(theme, colour, look->fill);
    if (look->ink == COLOUR_DEFAULT)
        look->ink = WHITE_OF_16;
    look->flags &= ~(unsigned)R;
}

/* --- one look --------------------------------------------------------------------------------- */

static struct look look_of_role(const struct theme *theme, enum role role)
{
    if (theme->colours == 0)
        return (struct look){COLOUR_DEFAULT, COLOUR_DEFAULT, flags_of_mono[role]};
    return (has_256(theme) ? looks_256 : looks_16)[role][theme->ground];
}

/* The projector has a ground of its own. */
static void lay_ground(const struct theme *theme, struct look *look)
{
    if (theme->ground != GROUND_PROJECTOR || theme->colours == 0)
        return;
    if (look->ink == COLOUR_DEFAULT)
        look->ink = has_256(theme) ? BLACK : BLACK_OF_16;
    if (look->fill == COLOUR_DEFAULT)
        look->fill = has_256(theme) ? WHITE : WHITE_OF_16;
}

/* Bold makes an ink of 8 bright, black a grey: it goes where that cannot be read. */
static void fit_into_8(const struct theme *theme, struct look *look)
{
    int under = look->fill == COLOUR_DEFAULT ? ground_of(theme) : look->fill;
    if (look->ink >= 0 && look->ink < 8 && theme_contrast(look->ink + 8, under) < 4.5)
        look->flags &= ~(unsigned)B;
    if (look->ink >= 8) {
        look->ink -= 8;
        look->flags |= B;
    }
    if (look->fill >= 8)
        look->fill -= 8;
}

struct look theme_look(const struct theme *theme, struct style style)
{
    assert(style.role < ROLES);
    enum use use = uses[style.role];
    struct look look = look_of_role(theme, (enum role)style.role);
    if (style.colour != 0 && theme->colours != 0) {
        if (use == FILL)
            use_as_fill(theme, style.colour, &look);
        else if (use == TOP)
            use_as_top(theme, style.colour, &look);
        else if (use == INK)
            use_as_ink(theme, style.colour, &look);
    }
    lay_ground(theme, &look);
    look.flags |= style.flags & (unsigned)(B | U);
    look.flags ^= style.flags & (unsigned)R;
    if (theme->colours == 8)
        fit_into_8(theme, &look);
    return look;
}
