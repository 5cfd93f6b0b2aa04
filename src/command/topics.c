#include "touchline/topics.h"
#include <string.h>

static const struct topic topics[] = {
    {"The six steps",
     "Identify: find every moment in which a customer can form an opinion of you, with those who "
     "are there when it happens. A line each, in the customer's order; judge nothing yet.\n"
     "Colour: say how each reaches the customer (face to face, by phone, by post ...), then how "
     "long it lasts. The seconds add up to all the time in which you are judged.\n"
     "Choose: three to five that matter most to the customer. What is on every list gets done on "
     "none.\n"
     "Rate: as the customer, not as yourselves: miserable, neutral or magical? Look first at what "
     "you do now and at what they expect.\n"
     "Plan: many ideas, judged later; how far to lift each moment; actions with an owner and a "
     "date.\n"
     "Review: what is due, what has drifted. Expectations move, so come back and rate anew: n "
     "begins a review. The old rating is a ? until the new one is in, so that nobody clings to "
     "it."},
    {"The words",
     "A moment is any contact, however small, also one with nobody of yours in it: an invoice, a "
     "web page, a call that nobody answers. A phase heads a stretch of them.\n"
     "A channel is how a moment reaches the customer. The same contact by phone and on the web is "
     "two moments.\n"
     "Miserable is worse than they expect, neutral is what they expect, magical is better. They "
     "compare you with their last great visit anywhere, not with your trade.\n"
     "A target is what a moment is to become. An idea is a possibility and has a price; an action "
     "is what somebody does by a day. A wave is a few actions put in together.\n"
     "Parked is for later, not forgotten. The why is the reason for all of it, always in sight."},
    {"\"That is not us\"",
     "It is said of every trade. A moment needs no counter and no uniform: whoever pays, waits, "
     "asks or reads something of yours forms an opinion of you while doing so.\n"
     "Then try it: name the last three times when somebody met you, and what they met. Those are "
     "moments, and three are a beginning."},
    {"\"We have no money\"",
     "Most of what is magical costs next to nothing: a name remembered, a call before they have to "
     "call, a cup of tea. Press ; in the step Plan and ask what could be done for free, then $ to "
     "see only the cheap ideas.\n"
     "Misery is what costs: complaints, returns, doing it twice, good people who leave. It is paid "
     "already; it is only not written down."},
    {"\"We are better already\"",
     "Better than whom? The customer does not compare you with your trade but with the last place "
     "that treated them well, whatever it sold.\n"
     "And it may be so: then the ratings will say it, and it takes ten minutes to know. Let those "
     "judge who meet the customer every day."},
    {"\"Will it work?\"",
     "Nobody knows before it is tried, and a try is small: one moment, one action, one week. Put "
     "in a few at a time; when customers respond, do more; when not, change it or drop it.\n"
     "What cannot work is a list without names and days. A mistake can be mended, lost time "
     "cannot."},
    {"The signs",
     "▼ miserable   ● neutral   ★ magical   · not rated. A hollow one is a target.\n"
     "◆ chosen. i2: two ideas. t1: one action; t1! it is overdue. ●›★: from neutral to magical.\n"
     "first and last: the first impression and the last encounter weigh most. weakest: one failure "
     "spoils the memory of all the rest.\n"
     "Letters name the channels: I in person, P phone, E email, L post (a letter), W website, "
     "B webinar (a broadcast), or the board's own.\n"
     "+ behind a name: meets the customer in the daily work."},
    {"The mouse",
     "A click selects a card, an idea, an action; a double click opens it. A card that is dragged "
     "shows where it would go. The wheel goes from moment to moment.\n"
     "The steps, the timer and the keys in the last line can be clicked.\n"
     "M switches the mouse off and on, --no-mouse leaves it to the terminal from the start. While "
     "it is on, most terminals select text with Shift held down. Everything that the mouse does "
     "has a key."},
};

const struct topic *topic_table(size_t *count)
{
    *count = sizeof topics / sizeof *topics;
    return topics;
}

void topic_format(const struct topic *topic, const char *noun, struct buffer *out)
{
    static const char customer[] = "customer";
    const char *at = topic->text;
    for (const char *next; (next = strstr(at, customer)) != NULL; at = next + strlen(customer)) {
        buffer_add(out, at, (size_t)(next - at));
        buffer_add_text(out, noun);
    }
    buffer_add_text(out, at);
}
