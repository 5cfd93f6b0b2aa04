/* The least that a program with ncurses can do, as the floor for ours: it paints the whole screen
 * and two cards on it; l and h move the selection between them, q leaves.
 */
#include <curses.h>
#include <locale.h>

static void paint_ground(void)
{
    for (int row = 0; row < LINES - 1; row++)
        for (int column = 0; column < COLS; column++)
            (void)mvaddch(row, column, (chtype)('a' + (column * 7 + row * 3) % 26));
}

static void paint_card(int column, bool selected, const char *title)
{
    for (int row = 3; row < 8; row++)
        (void)mvprintw(row, column, "%-14s", "");
    if (selected)
        (void)attron(A_REVERSE);
    (void)mvprintw(4, column, "%-14.14s", title);
    if (selected)
        (void)attroff(A_REVERSE);
}

int main(void)
{
    int selected = 0, key;
    (void)setlocale(LC_CTYPE, "");
    (void)initscr();
    (void)cbreak();
    (void)noecho();
    (void)curs_set(0);
    (void)start_color();
    (void)use_default_colors();
    paint_ground();
    do {
        paint_card(2, selected == 0, "Asks the price");
        paint_card(17, selected == 1, "Awaits the cab");
        (void)refresh();
        key = getch();
        if (key == 'l' || key == 'h')
            selected = key == 'l';
    } while (key != 'q' && key != ERR);
    (void)endwin();
    return 0;
}
