#include "term/theme.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* The channels, then the ratings, of a new board. */
static const uint8_t presets[] = {156, 153, 180, 50, 141, 211, 203, 250, 220};
enum { CHANNELS = 6 };

static const int depths[] = {256, 16, 8};

/* Grounds that a terminal may have: black and #1c1c1c; white. Its own ink is taken to be readable
 * on its own ground, whatever it is. */
static const int dark_grounds[] = {16, 234}, light_grounds[] = {231};

/* A look as an eye gets it: with the terminal's own colours put in, 8 colours' bold ink as its
 * bright half, and reverse undone. */
static struct look as_seen(const struct theme *theme, struct look look, int ground)
{
    if (theme->colours == 8 && look.flags & STYLE_BOLD && look.ink >= 0)
        look.ink += 8;
    if (look.ink == COLOUR_DEFAULT)
        look.ink = theme->ground == GROUND_DARK ? 231 : 16;
    if (look.fill == COLOUR_DEFAULT)
        look.fill = ground;
    if (look.flags & STYLE_REVERSE) {
        int ink = look.ink;
        look.ink = look.fill;
        look.fill = ink;
    }
    return look;
}

static double least_contrast(const struct theme *theme, struct look look)
{
    const int *grounds = theme->ground == GROUND_DARK ? dark_grounds : light_grounds;
    /* 16 colours are what the user has made of them; black stands for what suits them. */
    size_t count = theme->ground == GROUND_DARK && theme->colours == 256 ? 2 : 1;
    double least = 21;
    for (size_t i = 0; i < count; i++) {
        struct look seen = as_seen(theme, look, grounds[i]);
        double contrast = theme_contrast(seen.ink, seen.fill);
        least = contrast < least ? contrast : least;
    }
    return least;
}

static void check(const struct theme *theme, struct style style, double wanted)
{
    struct look look = theme_look(theme, style);
    double contrast = least_contrast(theme, look);
    if (contrast >= wanted - 1e-9 && look.ink < theme->colours && look.fill < theme->colours)
        return;
    fail_msg("%d colours, ground %d, role %d, colour %d, flags %u: ink %d on %d is %.2f, not %.1f",
             theme->colours, (int)theme->ground, style.role, style.colour, style.flags, look.ink,
             look.fill, contrast, wanted);
}

static void each_theme(void (*look_at)(const struct theme *theme))
{
    for (size_t depth = 0; depth < COUNT(depths); depth++)
        for (int ground = 0; ground < GROUNDS; ground++) {
            struct theme theme = {.colours = depths[depth], .ground = (enum theme_ground)ground};
            look_at(&theme);
        }
}

/* --- contrast --------------------------------------------------------------------------------- */

/* Known ratios of WCAG 2: the formula's ends, and black on each preset to one decimal. */
static void contrast_is_as_wcag_has_it(void **state)
{
    (void)state;
    static const int tenths[] = {175, 140, 104, 163, 77, 93, 71, 111, 150};
    assert_int_equal((int)(theme_contrast(16, 231) * 1000 + 0.5), 21000);
    assert_int_equal((int)(theme_contrast(231, 231) * 1000 + 0.5), 1000);
    for (size_t i = 0; i < COUNT(presets); i++)
        assert_int_equal((int)(theme_contrast(16, presets[i]) * 10 + 0.5), tenths[i]);
}

static void a_ground_is_light_when_black_reads_better_on_it(void **state)
{
    (void)state;
    assert_true(theme_is_light(1, 1, 1));
    assert_true(theme_is_light(0.99, 0.96, 0.89));
    assert_true(theme_is_light(0.5, 0.5, 0.5));
    assert_false(theme_is_light(0, 0, 0));
    assert_false(theme_is_light(0, 0.17, 0.21));
    assert_false(theme_is_light(0.4, 0.4, 0.4));
}

/* --- every role, depth and ground ------------------------------------------------------------- */

static void look_at_roles(const struct theme *theme)
{
    for (int role = 0; role < ROLES; role++)
        for (unsigned flags = 0; flags < 8; flags++)
            check(theme, (struct style){.role = (uint8_t)role, .flags = (uint8_t)flags},
                  role == ROLE_DOTS ? 2 : 4.5); /* dots are no words */
}

static void every_role_is_readable(void **state)
{
    (void)state;
    each_theme(look_at_roles);
}

static void look_at_user_colours(const struct theme *theme)
{
    static const enum role roles[] = {ROLE_CARD, ROLE_CARD_TOP, ROLE_CARD_CORNER, ROLE_RATING,
                                      ROLE_RATING_FILL};
    for (int colour = 1; colour < 256; colour++)
        for (size_t i = 0; i < COUNT(roles); i++)
            check(theme, (struct style){.role = (uint8_t)roles[i], .colour = (uint8_t)colour}, 4.5);
}

static void whatever_colour_a_channel_has_is_readable(void **state)
{
    (void)state;
    each_theme(look_at_user_colours);
}

static void labels_on_cards_have_seven_to_one(void **state)
{
    (void)state;
    for (int ground = 0; ground < GROUNDS; ground++) {
        struct theme theme = {.colours = 256, .ground = (enum theme_ground)ground};
        for (size_t i = 0; i < COUNT(presets); i++) {
            check(&theme, (struct style){.role = ROLE_CARD, .colour = presets[i]}, 7);
            check(&theme, (struct style){.role = ROLE_CARD_TOP, .colour = presets[i]}, 7);
            check(&theme, (struct style){.role = ROLE_CARD_CORNER, .colour = presets[i]}, 7);
            check(&theme, (struct style){.role = ROLE_RATING_FILL, .colour = presets[i]}, 7);
        }
    }
}

static void look_at_fills(const struct theme *theme)
{
    for (size_t i = 0; i < CHANNELS; i++)
        for (size_t j = 0; j < i; j++) {
            struct style one = {.role = ROLE_CARD, .colour = presets[i]};
            struct style other = {.role = ROLE_CARD, .colour = presets[j]};
            assert_int_not_equal(theme_look(theme, one).fill, theme_look(theme, other).fill);
        }
}

static void channels_keep_different_fills(void **state)
{
    (void)state;
    each_theme(look_at_fills);
}

static void look_at_ratings(const struct theme *theme)
{
    for (size_t i = CHANNELS; i < COUNT(presets); i++)
        for (size_t j = CHANNELS; j < i; j++) {
            struct look one =
                theme_look(theme, (struct style){.role = ROLE_RATING, .colour = presets[i]});
            struct look other =
                theme_look(theme, (struct style){.role = ROLE_RATING, .colour = presets[j]});
            assert_false(one.ink == other.ink && one.flags == other.flags);
        }
}

static void ratings_keep_different_inks(void **state)
{
    (void)state;
    each_theme(look_at_ratings);
}

static void a_card_is_a_block_in_its_colour(void **state)
{
    (void)state;
    struct theme theme = {.colours = 256};
    struct look card = theme_look(&theme, (struct style){.role = ROLE_CARD, .colour = 153});
    assert_int_equal(card.ink, 16);
    assert_int_equal(card.fill, 153);
    struct look top = theme_look(&theme, (struct style){.role = ROLE_CARD_TOP, .colour = 153});
    assert_int_equal(top.ink, 153);
    assert_int_equal(top.fill, 16);
    struct look corner =
        theme_look(&theme, (struct style){.role = ROLE_CARD_CORNER, .colour = 153});
    assert_int_equal(corner.ink, 16);
    assert_int_equal(corner.fill, 153);
}

static void a_card_without_a_channel_has_no_fill(void **state)
{
    (void)state;
    struct theme theme = {.colours = 256};
    struct look card = theme_look(&theme, (struct style){.role = ROLE_CARD});
    assert_int_equal(card.ink, COLOUR_DEFAULT);
    assert_int_equal(card.fill, COLOUR_DEFAULT);
    assert_int_equal(card.flags, 0);
    assert_int_equal(theme_look(&theme, (struct style){.role = ROLE_CARD_TOP}).flags,
                     STYLE_REVERSE);
}

static void sixteen_and_eight_colours_are_as_agreed(void **state)
{
    (void)state;
    static const struct {
        int colour, ink, fill, ink_of_8;
        unsigned bold_of_8;
    } table[] = {
        {156, 0, 2, 0, 0},           {153, 15, 4, 7, STYLE_BOLD},
        {180, 0, 3, 0, 0},           {50, 0, 6, 0, 0},
        {141, 0, 7, 0, 0},           {211, 15, 5, 7, STYLE_BOLD},
        {203, 15, 1, 7, STYLE_BOLD},
    };
    struct theme sixteen = {.colours = 16}, eight = {.colours = 8};
    for (size_t i = 0; i < COUNT(table); i++) {
        struct style style = {.role = ROLE_CARD, .colour = (uint8_t)table[i].colour};
        struct look look = theme_look(&sixteen, style), small = theme_look(&eight, style);
        assert_int_equal(look.ink, table[i].ink);
        assert_int_equal(look.fill, table[i].fill);
        assert_int_equal(small.ink, table[i].ink_of_8);
        assert_int_equal(small.fill, table[i].fill);
        assert_int_equal(small.flags, table[i].bold_of_8);
    }
    struct style magical = {.role = ROLE_RATING_FILL, .colour = 220};
    assert_int_equal(theme_look(&sixteen, magical).fill, 11);
    assert_int_equal(theme_look(&eight, magical).flags,
                     STYLE_REVERSE | STYLE_BOLD | STYLE_UNDERLINE);
}

static void black_ink_is_never_bold_with_eight_colours(void **state)
{
    (void)state;
    struct theme eight = {.colours = 8};
    struct style style = {.role = ROLE_CARD, .colour = 156, .flags = STYLE_BOLD};
    assert_int_equal(theme_look(&eight, style).flags, 0);
    style.role = ROLE_TEXT;
    assert_int_equal(theme_look(&eight, style).flags, STYLE_BOLD);
}

static void the_projector_has_a_ground_of_its_own(void **state)
{
    (void)state;
    struct theme theme = {.colours = 256, .ground = GROUND_PROJECTOR};
    for (int role = 0; role < ROLES; role++) {
        struct look look = theme_look(&theme, (struct style){.role = (uint8_t)role});
        assert_int_not_equal(look.ink, COLOUR_DEFAULT);
        assert_int_not_equal(look.fill, COLOUR_DEFAULT);
        assert_true(theme_contrast(look.ink, look.fill) >= 7);
    }
}

/* --- mono, flags ------------------------------------------------------------------------------ */

static void mono_has_no_colours(void **state)
{
    (void)state;
    for (int ground = 0; ground < GROUNDS; ground++)
        for (int role = 0; role < ROLES; role++)
            for (size_t i = 0; i < COUNT(presets); i++) {
                struct theme theme = {.colours = 0, .ground = (enum theme_ground)ground};
                struct look look =
                    theme_look(&theme, (struct style){.role = (uint8_t)role, .colour = presets[i]});
                assert_int_equal(look.ink, COLOUR_DEFAULT);
                assert_int_equal(look.fill, COLOUR_DEFAULT);
            }
}

/* What must stand out where there is no colour. */
static void mono_shows_selection_mode_and_warnings(void **state)
{
    (void)state;
    static const enum role roles[] = {ROLE_SELECTED, ROLE_MODE, ROLE_WARNING, ROLE_CARD_CORNER,
                                      ROLE_CARD_TOP, ROLE_BAR,  ROLE_FIELD,   ROLE_STRONG};
    struct theme mono = {.colours = 0};
    for (size_t i = 0; i < COUNT(roles); i++)
        assert_int_not_equal(theme_look(&mono, (struct style){.role = (uint8_t)roles[i]}).flags, 0);
    assert_int_not_equal(theme_look(&mono, (struct style){.role = ROLE_STEP}).flags,
                         theme_look(&mono, (struct style){.role = ROLE_STEP_NOW}).flags);
}

static void flags_of_a_view_are_added_and_reverse_turns_round(void **state)
{
    (void)state;
    struct theme theme = {.colours = 256};
    struct style style = {.role = ROLE_TEXT, .flags = STYLE_BOLD | STYLE_UNDERLINE | STYLE_REVERSE};
    assert_int_equal(theme_look(&theme, style).flags, STYLE_BOLD | STYLE_UNDERLINE | STYLE_REVERSE);
    style = (struct style){.role = ROLE_SELECTED, .flags = STYLE_REVERSE};
    assert_int_equal(theme_look(&theme, style).flags, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contrast_is_as_wcag_has_it),
        cmocka_unit_test(a_ground_is_light_when_black_reads_better_on_it),
        cmocka_unit_test(every_role_is_readable),
        cmocka_unit_test(whatever_colour_a_channel_has_is_readable),
        cmocka_unit_test(labels_on_cards_have_seven_to_one),
        cmocka_unit_test(channels_keep_different_fills),
        cmocka_unit_test(ratings_keep_different_inks),
        cmocka_unit_test(a_card_is_a_block_in_its_colour),
        cmocka_unit_test(a_card_without_a_channel_has_no_fill),
        cmocka_unit_test(sixteen_and_eight_colours_are_as_agreed),
        cmocka_unit_test(black_ink_is_never_bold_with_eight_colours),
        cmocka_unit_test(the_projector_has_a_ground_of_its_own),
        cmocka_unit_test(mono_has_no_colours),
        cmocka_unit_test(mono_shows_selection_mode_and_warnings),
        cmocka_unit_test(flags_of_a_view_are_added_and_reverse_turns_round),
    };
    return cmocka_run_group_tests_name("theme", tests, NULL, NULL);
}
