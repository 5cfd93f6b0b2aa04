# Touchline: a workshop board for the terminal. GNU make; `make help` lists what there is.
#
# Two commands do everything on a fresh machine: `make deps run` and `make deps check`.
# All that is made lies in $(BUILD). A source file is found by where it lies: src/ROOM/*.c is the
# library, src/main.c the program, tests/KIND/test_*.c a test program each. Nothing is listed here.
#
# Worth setting: CC CFLAGS CPPFLAGS LDFLAGS, PREFIX DESTDIR, BUILD=folder, V=1 (show commands),
# WERROR=1 (a warning is an error), SANITIZE=address,undefined, TESTS='tests/unit/test_text.c'.

VERSION = 0.1.0

BUILD = build
PREFIX ?= /usr/local
BINDIR = $(PREFIX)/bin
DATADIR = $(PREFIX)/share
MANDIR = $(DATADIR)/man

CFLAGS ?= -O2 -g
INSTALL ?= install
PKG_CONFIG ?= pkg-config
FUZZ_CC ?= clang
GCC ?= gcc
FUZZ_SECONDS = 60
FUZZ_WITH =

.DEFAULT_GOAL = all
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-print-directory

# --- what there is -------------------------------------------------------------------------------

LIB = $(BUILD)/libtouchline.a
SUPPORT = $(BUILD)/libsupport.a
FUZZ_LIB = $(BUILD)/libfuzz.a
PROGRAM = $(if $(wildcard src/main.c),$(BUILD)/touchline)

objects = $(patsubst %.c,$(BUILD)/%.o,$(wildcard $(1)))
programs = $(patsubst %.c,$(BUILD)/%,$(wildcard $(1)))

LIB_OBJECTS = $(sort $(call objects,src/*/*.c) $(BUILD)/samples.o)
SUPPORT_OBJECTS = $(sort $(call objects,tests/support/*.c))
UNIT = $(call programs,tests/unit/test_*.c)
SCREEN = $(call programs,tests/screen/test_*.c)
FAULT = $(call programs,tests/fault/test_*.c)
BENCH_PARTS = $(filter-out %/bare.o,$(call objects,tests/bench/*.c))
BENCH = $(if $(BENCH_PARTS),$(BUILD)/tests/bench/bench)
BARE = $(call programs,tests/bench/bare.c)
FUZZ = $(call programs,tests/fuzz/fuzz_*.c)
FUZZ_PARTS = $(filter-out $(FUZZ:=.o),$(call objects,tests/fuzz/*.c)) \
	$(BUILD)/tests/support/harmless.o
REPLAY = $(FUZZ:$(BUILD)/tests/fuzz/%=$(BUILD)/tests/replay/%)
TEST_PROGRAMS = $(FAULT) $(SCREEN) $(UNIT) $(REPLAY)
TESTS = $(TEST_PROGRAMS:$(BUILD)/%=%.c)
LINKED_WITH_SUPPORT = $(FAULT) $(SCREEN) $(UNIT) $(BENCH)

# --- flags ---------------------------------------------------------------------------------------

# SQLite has the most names to be found at each start, so it is looked into first.
PACKAGES = sqlite3 ncursesw libutf8proc
TEST_PACKAGES = cmocka vterm

SYSTEM := $(shell uname -s)

WARNINGS = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wformat=2 -Wvla \
	-Wwrite-strings $(if $(filter 1,$(WERROR)),-Werror)

HARDENING = -fstack-protector-strong -fPIE
HARDENING_LINK = -pie $(if $(filter Darwin,$(SYSTEM)),,-Wl,-z,relro,-z,now)

# It wants an optimising compiler, gets in the sanitizers' way, and a packager may bring his own.
ifneq (,$(filter -O1 -O2 -O3 -Os,$(CFLAGS)))
ifeq (,$(SANITIZE)$(COVERAGE)$(findstring _FORTIFY_SOURCE,$(CPPFLAGS) $(CFLAGS)))
HARDENING += -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3
endif
endif

INSTRUMENT = $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all \
	-fno-omit-frame-pointer) $(if $(COVERAGE),--coverage -O0)

# pkg-config is asked by the recipes, in backticks: a $(shell) here would run before `make deps`.
LANGUAGE = -std=c11 -D_GNU_SOURCE -DTOUCHLINE_VERSION=\"$(VERSION)\" -Iinclude
COMPILE = $(CC) $(LANGUAGE) $(WARNINGS) $(HARDENING) $(CPPFLAGS) $(CFLAGS) $(INSTRUMENT)
LINK = $(CC) $(HARDENING_LINK) $(CFLAGS) $(LDFLAGS) $(INSTRUMENT)
BANNED = -include include/touchline/banned.h
TEST_FLAGS = -Isrc -iquote tests/support -DTOUCHLINE_PROGRAM=\"$(abspath $(BUILD))/touchline\" \
	-DTOUCHLINE_SOURCE=\"$(CURDIR)\" -DTOUCHLINE_BENCH_BARE=\"$(abspath $(BARE))\"

# Homebrew keeps ncurses and SQLite where pkg-config does not look by itself.
ifeq (Darwin,$(SYSTEM))
BREW = $(firstword $(wildcard /opt/homebrew/opt) /usr/local/opt)
PKG_CONFIG_PATH := $(PKG_CONFIG_PATH):$(BREW)/ncurses/lib/pkgconfig:$(BREW)/sqlite/lib/pkgconfig
export PKG_CONFIG_PATH
endif

# `$(call short,CC,file)` opens a recipe line: one short line instead of the command, V=1 shows it.
short = $(if $(filter 1,$(V)),,@printf '  %-7s %s\n' '$(1)' '$(2)';)

# --- goals ---------------------------------------------------------------------------------------

.PHONY: all help run deps check tests unit screen fault renew bench asan valgrind coverage fuzz \
	fuzzers layers lint format tidy cppcheck analysis manual scripts install uninstall dist clean FORCE

all: $(LIB) $(PROGRAM) ## build the program (the default)

help: ## this list
	@echo 'make deps run     on a fresh machine: install what is needed, open a sample board'
	@echo 'make deps check   on a fresh machine: install what is needed, run the tests'
	@echo
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' Makefile | while IFS='	' read -r goal what; do \
		printf '  %-10s %s\n' "$$goal" "$$what"; done
	@echo
	@sed -n 's/^# Worth setting: /Worth setting: /p; s/^# WERROR=1/WERROR=1/p' Makefile

# What goals need, in the words of .make/deps; `make deps check` asks for build and tests.
# Once a test calls the sqlite3 shell, `check` belongs into NEED_shell.
NEED_tests = check tests unit screen fault renew bench asan coverage fuzz lint
NEED_sanitize = asan
NEED_lint = lint
NEED_fuzz = fuzz
NEED_browser = fault
NEED_afl = $(if $(filter afl,$(FUZZ_WITH)),fuzz)
NEED_shell = bench
NEEDS = build $(foreach word,tests sanitize lint fuzz afl browser shell,\
	$(if $(filter $(NEED_$(word)),$(MAKECMDGOALS)),$(word)))

deps: ## install what the other goals named need (DEPS_DRY=1: only say what)
	@CC='$(CC)' FUZZ_CC='$(FUZZ_CC)' GCC='$(GCC)' PKG_CONFIG='$(PKG_CONFIG)' .make/deps $(strip $(NEEDS))

# A dry run of deps runs nothing else: the goals beside it only tell it what to ask for.
ifneq (,$(and $(DEPS_DRY),$(filter deps,$(MAKECMDGOALS))))
SHELL = true
deps: SHELL = /bin/sh
endif

# With -j, nothing may start before deps is done.
AFTER_DEPS = $(if $(filter deps,$(MAKECMDGOALS)),deps)

run: all ## open a sample board from a scratch place
	@.make/run $(BUILD)/touchline

# --- building ------------------------------------------------------------------------------------

# A stamp changes when the flags do (another CC, CFLAGS, VERSION), and everything hangs on it.
export FLAGS_NOW = $(COMPILE) $(LINK) $(PACKAGES)
export TEST_FLAGS_NOW = $(TEST_FLAGS) $(TEST_PACKAGES)
export OBJECTS_NOW = $(LIB_OBJECTS) $(SUPPORT_OBJECTS) $(FUZZ_PARTS)
stamp = @mkdir -p $(@D); printf '%s\n' "$$$(1)" >$@.new; \
	if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi
present = @$(PKG_CONFIG) --exists $(1) 2>/dev/null || { \
	echo 'touchline: missing one of: $(1) (or pkg-config). $(2) installs them.' >&2; exit 1; }

$(BUILD)/flags: FORCE | $(AFTER_DEPS)
	$(call present,$(PACKAGES),make deps)
	$(call stamp,FLAGS_NOW)

$(BUILD)/test-flags: FORCE | $(AFTER_DEPS)
	$(call present,$(TEST_PACKAGES),make deps check)
	$(call stamp,TEST_FLAGS_NOW)

# A source file that went away must leave the archives too.
$(BUILD)/objects: FORCE | $(AFTER_DEPS)
	$(call stamp,OBJECTS_NOW)

$(BUILD)/%.o: %.c $(BUILD)/flags
	$(call short,CC,$<) mkdir -p $(@D) && \
	$(COMPILE) $(BANNED) `$(PKG_CONFIG) --cflags $(PACKAGES)` -MMD -MP -c -o $@ $<

$(BUILD)/tests/%.o: tests/%.c $(BUILD)/flags $(BUILD)/test-flags
	$(call short,CC,$<) mkdir -p $(@D) && $(COMPILE) $(BANNED) $(TEST_FLAGS) \
	`$(PKG_CONFIG) --cflags $(PACKAGES) $(TEST_PACKAGES)` -MMD -MP -c -o $@ $<

$(BUILD)/samples.c: .make/samples $(wildcard data/samples data/samples/*)
	$(call short,SAMPLES,$@) mkdir -p $(@D) && .make/samples data/samples >$@

$(BUILD)/samples.o: $(BUILD)/samples.c $(BUILD)/flags
	$(call short,CC,$<) $(COMPILE) -MMD -MP -c -o $@ $<

$(LIB): $(LIB_OBJECTS) $(BUILD)/objects
	$(call short,AR,$@) rm -f $@ && $(AR) rcs $@ $(LIB_OBJECTS)

$(SUPPORT): $(SUPPORT_OBJECTS) $(BUILD)/objects
	$(call short,AR,$@) rm -f $@ && $(AR) rcs $@ $(SUPPORT_OBJECTS)

$(BUILD)/touchline: $(BUILD)/src/main.o $(LIB)
	$(call short,LINK,$@) $(LINK) -o $@ $^ `$(PKG_CONFIG) --libs $(PACKAGES)`

$(LINKED_WITH_SUPPORT): $(BUILD)/%: $(BUILD)/%.o $(SUPPORT) $(LIB)
	$(call short,LINK,$@) $(LINK) -o $@ $(sort $(filter %.o,$^)) $(SUPPORT) $(LIB) \
	`$(PKG_CONFIG) --libs $(TEST_PACKAGES) $(PACKAGES)` -lutil -ldl

# The kept inputs of a fuzz target, as a test: no fuzzer is needed to run them once.
$(REPLAY): $(BUILD)/tests/replay/%: $(BUILD)/tests/fuzz/%.o $(BUILD)/tests/replay/replay.o \
		$(FUZZ_LIB) $(LIB)
	$(call short,LINK,$@) mkdir -p $(@D) && $(LINK) -o $@ $^ \
	`$(PKG_CONFIG) --libs $(TEST_PACKAGES) $(PACKAGES)`

# What is measured against loads no more than it needs.
$(BENCH): $(BENCH_PARTS)
$(BARE): %: %.o
	$(call short,LINK,$@) $(LINK) -o $@ $< `$(PKG_CONFIG) --libs ncursesw`

-include $(wildcard $(BUILD)/*.d $(BUILD)/src/*.d $(BUILD)/src/*/*.d $(BUILD)/tests/*/*.d)

# --- tests ---------------------------------------------------------------------------------------

# Each test program runs on its own, with -j side by side; .make/test writes one line for it and
# keeps its figures in PROGRAM.result, from which .make/summary makes the last line.
CHOSEN = $(filter $(TESTS:%.c=$(BUILD)/%),$(TEST_PROGRAMS))

$(TEST_PROGRAMS:=.result): %.result: % $(PROGRAM) FORCE
	@.make/test $(BUILD) $<

tests: $(PROGRAM) $(TEST_PROGRAMS) ## build all tests, run none

ifeq (,$(wildcard tests))
check: all
	@echo 'no tests yet'
else
check: all $(CHOSEN:=.result) ## run all tests, the faults in their short form
	@.make/summary $(CHOSEN:=.result)
endif

unit: $(UNIT:=.result) ## run the tests of the modules
	@.make/summary $^

screen: $(SCREEN:=.result) ## run the tests of the screen
	@.make/summary $^

fault: export TOUCHLINE_FAULT = full
fault: export TEST_SECONDS = 10800
fault: $(FAULT:=.result) ## run the fault tests in their full form, print figures
	@.make/summary $^

renew: export TOUCHLINE_RENEW = 1
renew: $(SCREEN:=.result) ## store the pictures that the screen tests see as the right ones
	@.make/summary $^

# The scratch lies where one builds: on a disk, which /tmp need not be.
bench: all $(BENCH) $(BARE) ## print the figures of speed as ratios
	@TMPDIR='$(abspath $(BUILD))' $(BENCH)

asan: | $(AFTER_DEPS) ## run all tests under the address and undefined behaviour sanitizers
	@+$(MAKE) check BUILD=$(BUILD)/asan SANITIZE=address,undefined CFLAGS='-O1 -g'

valgrind: export TEST_UNDER = valgrind
valgrind: export TEST_PATIENCE = 60
valgrind: export TEST_SECONDS = 7200
valgrind: $(BUILD)/tests/screen/test_workshop.result ## run a whole workshop and its votes under memcheck
	@.make/summary $^

coverage: | $(AFTER_DEPS) ## run all tests, print what they reach (OF='src/store/*.c': and what not)
	@rm -rf $(BUILD)/coverage
	@+$(MAKE) check BUILD=$(BUILD)/coverage COVERAGE=1
	@.make/coverage $(BUILD)/coverage '$(CC)' $(wildcard $(OF))

# libFuzzer comes with clang; AFL++ builds the same targets from the same flags. What they find goes
# to findings in their folder below $(BUILD), never into the corpus.
fuzz: | $(AFTER_DEPS) ## run each fuzz target for FUZZ_SECONDS (FUZZ_WITH=afl: by AFL++)
	@+$(MAKE) fuzzers BUILD=$(BUILD)/fuzz$(FUZZ_WITH:%=-%) \
		CC=$(if $(filter afl,$(FUZZ_WITH)),afl-clang-fast,$(FUZZ_CC)) CFLAGS='-O1 -g' \
		SANITIZE=fuzzer-no-link,address,undefined FUZZ_RUN=1

fuzzers: $(FUZZ) $(if $(FUZZ_RUN),$(FUZZ:=.fuzzed))

$(BUILD)/tests/fuzz/%.o: tests/fuzz/%.c $(BUILD)/flags
	$(call short,CC,$<) mkdir -p $(@D) && $(COMPILE) -Isrc `$(PKG_CONFIG) --cflags $(PACKAGES)` \
	-MMD -MP -c -o $@ $<

# An archive: a target takes of it what it names. What stands in for a room's file must come first.
$(FUZZ_LIB): $(FUZZ_PARTS) $(BUILD)/objects
	$(call short,AR,$@) rm -f $@ && $(AR) rcs $@ $(FUZZ_PARTS)

$(FUZZ): $(BUILD)/%: $(BUILD)/%.o $(FUZZ_LIB) $(LIB)
	$(call short,LINK,$@) $(LINK) -fsanitize=fuzzer -o $@ $^ \
	`$(PKG_CONFIG) --libs $(TEST_PACKAGES) $(PACKAGES)`

$(FUZZ:=.fuzzed): %.fuzzed: % FORCE
	@.make/fuzz $(BUILD) $< $(FUZZ_SECONDS) $(FUZZ_WITH)

# --- rules of the house --------------------------------------------------------------------------

CODE = $(sort $(wildcard include/*/*.h src/*.c src/*/*.[ch] tests/*/*.[ch]))
MANUAL = $(wildcard man/*.[1-9])
SCRIPTS = $(wildcard .make/* .ci/*)
OWN_C = $(filter-out tests/fuzz/%,$(filter %.c,$(CODE)))

layers: | $(AFTER_DEPS) ## check that includes only go downwards (the rooms)
	@CC='$(CC)' .make/layers

lint: layers format tidy cppcheck analysis manual scripts ## check form, code, manual, scripts

format: | $(AFTER_DEPS)
	$(call short,FORMAT,$(words $(CODE)) files) clang-format --dry-run -Werror $(CODE)

tidy: $(OWN_C:%.c=$(BUILD)/lint/%.tidy)

# Hangs on the object file, which hangs on each header: what did not change is not looked at again.
$(BUILD)/lint/%.tidy: %.c $(BUILD)/%.o .clang-tidy
	$(call short,TIDY,$<) mkdir -p $(@D) && clang-tidy --quiet --warnings-as-errors='*' $< -- \
	$(LANGUAGE) $(BANNED) $(TEST_FLAGS) `$(PKG_CONFIG) --cflags $(PACKAGES) $(TEST_PACKAGES)` \
	>$@.log 2>&1 && mv $@.log $@ || { cat $@.log; exit 1; }

# gcc's analyzer follows paths through a file's functions; -Og, as its optimisers lead it astray.
analysis: $(patsubst %.c,$(BUILD)/lint/%.analysis,$(filter src/%,$(OWN_C)))

$(BUILD)/lint/%.analysis: %.c $(BUILD)/%.o
	$(call short,ANALYSE,$<) mkdir -p $(@D) && $(GCC) $(LANGUAGE) $(BANNED) -Og -fanalyzer -Werror \
	`$(PKG_CONFIG) --cflags $(PACKAGES)` -c -o /dev/null $< >$@.log 2>&1 && mv $@.log $@ || { \
	cat $@.log; exit 1; }

cppcheck: | $(AFTER_DEPS)
	$(call short,CHECK,cppcheck) mkdir -p $(BUILD)/lint && cppcheck --quiet --template=gcc \
	--std=c11 --enable=warning,style,performance,portability --inline-suppr --error-exitcode=1 \
	--suppressions-list=.cppcheck --cppcheck-build-dir=$(BUILD)/lint -Iinclude -Isrc \
	-Itests/support -D_GNU_SOURCE -DTOUCHLINE_VERSION='""' $(filter %.c,$(CODE))

manual: | $(AFTER_DEPS)
	$(if $(MANUAL),$(call short,MANDOC,$(MANUAL)) mandoc -T lint -W warning $(MANUAL))

scripts: | $(AFTER_DEPS)
	$(call short,CHECK,shellcheck) ! command -v shellcheck >/dev/null || shellcheck $(SCRIPTS)

# --- installing ----------------------------------------------------------------------------------

# SOURCE:PLACE, each for `install` and `uninstall`; what is not there is not installed.
into = $(foreach file,$(wildcard $(1)),$(file):$(2)/$(notdir $(file)))
as = $(foreach file,$(wildcard $(1)),$(file):$(2))
INSTALLED = $(BUILD)/touchline:$(BINDIR)/touchline \
	$(call into,man/*.1,$(MANDIR)/man1) \
	$(call into,man/*.5,$(MANDIR)/man5) \
	$(call into,data/samples/*,$(DATADIR)/touchline/samples) \
	$(call into,data/*.desktop,$(DATADIR)/applications) \
	$(call into,data/*.xml,$(DATADIR)/mime/packages) \
	$(call as,data/completions/*.bash,$(DATADIR)/bash-completion/completions/touchline) \
	$(call as,data/completions/*.fish,$(DATADIR)/fish/vendor_completions.d/touchline.fish) \
	$(call as,data/completions/_*,$(DATADIR)/zsh/site-functions/_touchline)

install: all ## install below PREFIX (/usr/local); DESTDIR BINDIR MANDIR count
	@set -e; for pair in $(INSTALLED); do \
		from=$${pair%%:*} to="$(DESTDIR)$${pair#*:}"; mode=644; \
		case $$from in $(BUILD)/*) mode=755;; esac; \
		mkdir -p "$${to%/*}"; $(INSTALL) -m $$mode "$$from" "$$to"; \
		printf '  %-7s %s\n' INSTALL "$$to"; done

uninstall: ## remove what install put there
	@for pair in $(INSTALLED); do rm -f "$(DESTDIR)$${pair#*:}"; done; \
	for own in $(DATADIR)/touchline/samples $(DATADIR)/touchline; do \
		! [ -d "$(DESTDIR)$$own" ] || rmdir "$(DESTDIR)$$own"; done

dist: ## pack the sources of the last commit
	@mkdir -p $(BUILD)
	git archive --format=tar.gz --prefix=touchline-$(VERSION)/ \
		-o $(BUILD)/touchline-$(VERSION).tar.gz HEAD

clean: ## remove all that was made
	rm -rf $(BUILD)
