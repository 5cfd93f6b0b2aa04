#include "touchline/colour.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void the_palette_is_xterms(void **state)
{
    (void)state;
    static const struct {
        int colour, red, green, blue;
    } table[] = {
        {16, 0, 0, 0},        {231, 255, 255, 255},    {156, 0xAF, 0xFF, 0x87},
        {50, 0, 0xFF, 0xD7},  {203, 0xFF, 0x5F, 0x5F}, {232, 8, 8, 8},
        {255, 238, 238, 238}, {250, 188, 188, 188},    {11, 255, 255, 0},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct rgb rgb = colour_rgb(table[i].colour);
        assert_int_equal(rgb.red, table[i].red);
        assert_int_equal(rgb.green, table[i].green);
        assert_int_equal(rgb.blue, table[i].blue);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_palette_is_xterms)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
