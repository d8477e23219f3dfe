# irmkit: libraries, tools, tests. `make help` names the targets; V=1 shows the commands.
VERSION := 0.1.0
SOVERSION := 0

# The user's
CC ?= cc
CFLAGS ?= -O2 -g
CPPFLAGS ?=
LDFLAGS ?=
PREFIX ?= /usr/local
DESTDIR ?=
BUILD ?= build
bindir = $(PREFIX)/bin
libdir = $(PREFIX)/lib
includedir = $(PREFIX)/include
mandir = $(PREFIX)/share/man
datadir = $(PREFIX)/share/irmkit
completiondir = $(PREFIX)/share/bash-completion/completions

PKG_CONFIG ?= pkg-config
INSTALL ?= install
MSGFMT ?= msgfmt
XGETTEXT ?= xgettext
MSGMERGE ?= msgmerge

# What the code needs, whatever the user's flags are
STANDARD := -std=c17 -D_POSIX_C_SOURCE=200809L -D_FILE_OFFSET_BITS=64 -Ilib -I. -I$(BUILD)/gen -DIRM_VERSION='"$(VERSION)"' -fvisibility=default
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wvla -Wstrict-prototypes -Wmissing-prototypes \
	-Wwrite-strings -Wpointer-arith -Wcast-qual -Wformat=2 -Wundef -Wdouble-promotion \
	-Wconversion -Wswitch-enum -Wimplicit-fallthrough
ifneq (,$(findstring clang,$(CC)))
WARNINGS += -Wcomma -Wconditional-uninitialized
else
WARNINGS += -Wlogical-op -Wduplicated-cond -Wduplicated-branches -Wjump-misses-init
endif
WERROR ?=

LIB_PKGS := sqlite3 gsl jansson nettle libpcre2-8
PLOT_PKGS := cairo cairo-pdf pangocairo pangoft2 fontconfig libpng
XLSX_PKGS := xlsxwriter
# pkg-config runs once for each set; libcsv comes without a .pc file
LIB_LIBS := -lcsv $(shell $(PKG_CONFIG) --libs $(LIB_PKGS)) -lm
PLOT_CFLAGS := $(shell $(PKG_CONFIG) --cflags $(PLOT_PKGS))
PLOT_LIBS := $(shell $(PKG_CONFIG) --libs $(PLOT_PKGS))
XLSX_LIBS := $(shell $(PKG_CONFIG) --libs $(XLSX_PKGS))

COMPILE = $(CC) $(STANDARD) $(WARNINGS) $(WERROR) $(CPPFLAGS) $(CFLAGS) -fPIC -MMD -MP

V ?= 0
ifeq ($(V),1)
Q :=
say = @:
else
Q := @
say = @printf '  %-8s %s\n'
ifneq (,$(findstring s,$(firstword -$(MAKEFLAGS))))
say = @:
endif
endif

# The layout is the list of sources: a new file needs no line here
LIB_SRC := $(sort $(wildcard lib/*/*.c))
PLOT_SRC := $(sort $(wildcard plots/*.c))
SQL_SRC := $(sort $(wildcard lib/store/sql/*.sql))
TOOL_SRC := $(sort $(wildcard tools/irm*.c))
SHARED_SRC := $(filter-out $(TOOL_SRC),$(sort $(wildcard tools/*.c)))
UNIT_SRC := $(sort $(wildcard tests/unit/test_*.c))
EXTRA_SRC := tests/gallery/check.c tests/fuzz/scratch.h tests/fuzz/replay.c $(sort $(wildcard tests/study/*.c))
HEADERS := $(sort $(wildcard lib/*/*.h plots/*.h tools/*.h))
MAN_SRC := $(sort $(wildcard tools/*.1 tools/*.7))

SQL_OBJ := $(SQL_SRC:lib/store/sql/%.sql=$(BUILD)/gen/sql_%.o)
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/%.o) $(SQL_OBJ)
PO_SRC := $(sort $(wildcard plots/po/*.po))
CATALOGUE_OBJ := $(PO_SRC:plots/po/%.po=$(BUILD)/gen/catalogue_%.o)
PLOT_OBJ := $(PLOT_SRC:%.c=$(BUILD)/%.o) $(CATALOGUE_OBJ)
SHARED_OBJ := $(SHARED_SRC:%.c=$(BUILD)/%.o)
TOOLKIT := $(BUILD)/tools/toolkit.a
TOOLS := $(TOOL_SRC:tools/%.c=$(BUILD)/bin/%)
UNITS := $(UNIT_SRC:tests/unit/%.c=$(BUILD)/tests/unit/%)
FUZZ_SRC := $(sort $(wildcard tests/fuzz/fuzz_*.c))
FUZZERS := $(FUZZ_SRC:tests/fuzz/%.c=$(BUILD)/tests/fuzz/%)
SHIM := $(BUILD)/tests/fault/shim.so
GALLERY := $(BUILD)/tests/gallery/check

LIBDIR := $(BUILD)/lib
LIBIRM := $(LIBDIR)/libirm.a
LIBPLOT := $(LIBDIR)/libirmplot.a
SHARED_LIBS := $(LIBDIR)/libirm.so.$(VERSION) $(LIBDIR)/libirmplot.so.$(VERSION)
PKGCONFIG := $(LIBDIR)/pkgconfig/libirm.pc $(LIBDIR)/pkgconfig/libirmplot.pc

.PHONY: all tools units shim gallery gallery-check check check-unit check-cli soak bench install uninstall clean sanitize sanitize-build hdr-check \
	fuzz fuzz-build fuzzers coverage mutants study po \
	lint tidy layers format format-check dist help FORCE
.DELETE_ON_ERROR:
.SUFFIXES:
.SECONDARY:

all: tools $(SHARED_LIBS) $(PKGCONFIG)
tools: $(TOOLS) $(LIBIRM) $(LIBPLOT)

help:
	@echo 'all check check-unit check-cli gallery-check bench install uninstall clean sanitize hdr-check lint layers format format-check fuzz coverage mutants study po dist'
	@echo 'BUILD=dir (build)  CC  CFLAGS  LDFLAGS  PREFIX (/usr/local)  DESTDIR  V=1'

# Objects depend on the flags they were compiled with
$(BUILD)/flags: FORCE
	@mkdir -p $(@D)
	@echo '$(COMPILE) $(PLOT_CFLAGS) $(LDFLAGS)' | cmp -s - $@ || echo '$(COMPILE) $(PLOT_CFLAGS) $(LDFLAGS)' > $@

$(BUILD)/lib/%.o: lib/%.c $(BUILD)/flags
	$(say) CC $<
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -c -o $@ $<

$(BUILD)/plots/%.o: plots/%.c $(BUILD)/flags
	$(say) CC $<
	@mkdir -p $(@D)
	$(Q)$(COMPILE) $(PLOT_CFLAGS) -c -o $@ $<

$(BUILD)/tools/%.o: tools/%.c $(BUILD)/flags
	$(say) CC $<
	@mkdir -p $(@D)
	$(Q)$(COMPILE) $(PLOT_CFLAGS) -c -o $@ $<

# SQL becomes bytes, not a string literal, of which ISO C promises only 4095 characters
$(BUILD)/gen/sql_%.c: lib/store/sql/%.sql
	$(say) SQL $<
	@mkdir -p $(@D)
	$(Q){ echo '#include "store/sql.h"'; echo 'const char irm_sql_$*[] = {'; \
	  od -An -v -tx1 $< | sed 's/\([0-9a-f][0-9a-f]\)/0x\1,/g'; echo '0x00};'; } > $@.tmp && mv $@.tmp $@

$(BUILD)/gen/sql_%.o: $(BUILD)/gen/sql_%.c $(BUILD)/flags
	$(Q)$(COMPILE) -c -o $@ $<

# Translations become bytes too: charts depend on no file and no locale
$(BUILD)/gen/%.mo: plots/po/%.po
	$(say) MSGFMT $<
	@mkdir -p $(@D)
	$(Q)$(MSGFMT) --check-format --check-domain --endianness=little --no-hash -o $@ $<

$(BUILD)/gen/catalogue_%.c: $(BUILD)/gen/%.mo
	$(Q){ echo '#include "plots/catalogues.h"'; echo 'const unsigned char irm_catalogue_$*[] = {'; \
	  od -An -v -tx1 $< | sed 's/\([0-9a-f][0-9a-f]\)/0x\1,/g'; echo '};'; } > $@.tmp && mv $@.tmp $@

$(BUILD)/gen/catalogue_%.o: $(BUILD)/gen/catalogue_%.c $(BUILD)/flags
	$(Q)$(COMPILE) -c -o $@ $<

# The English words, as the sources have them, and the catalogues brought up to them
po: plots/po/irmkit.pot
	for p in $(PO_SRC); do $(MSGMERGE) --quiet --update --backup=none --no-fuzzy-matching --no-wrap $$p $< || exit 1; done
plots/po/irmkit.pot: FORCE
	$(Q)XGETTEXT=$(XGETTEXT) tests/words pot > $@.tmp && mv $@.tmp $@

$(LIBIRM): $(LIB_OBJ)
	$(say) AR $@
	@mkdir -p $(@D)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(LIBPLOT): $(PLOT_OBJ)
	$(say) AR $@
	@mkdir -p $(@D)
	$(Q)rm -f $@ && $(AR) rcs $@ $^

# What the tools share is an archive: a tool links only what it calls
$(TOOLKIT): $(SHARED_OBJ)
	$(say) AR $@
	$(Q)rm -f $@ && $(AR) rcs $@ $^

$(LIBDIR)/libirm.so.$(VERSION): $(LIB_OBJ)
	$(say) LD $@
	@mkdir -p $(@D)
	$(Q)$(CC) -shared -Wl,-soname,libirm.so.$(SOVERSION) -Wl,-z,defs $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIB_LIBS)
	$(Q)ln -sf $(@F) $(LIBDIR)/libirm.so.$(SOVERSION) && ln -sf $(@F) $(LIBDIR)/libirm.so

$(LIBDIR)/libirmplot.so.$(VERSION): $(PLOT_OBJ) $(LIBDIR)/libirm.so.$(VERSION)
	$(say) LD $@
	$(Q)$(CC) -shared -Wl,-soname,libirmplot.so.$(SOVERSION) -Wl,-z,defs $(CFLAGS) $(LDFLAGS) -o $@ $(PLOT_OBJ) \
	  -L$(LIBDIR) -lirm $(PLOT_LIBS) -lm
	$(Q)ln -sf $(@F) $(LIBDIR)/libirmplot.so.$(SOVERSION) && ln -sf $(@F) $(LIBDIR)/libirmplot.so

$(LIBDIR)/pkgconfig/%.pc: %.pc.in $(BUILD)/flags
	@mkdir -p $(@D)
	$(Q)sed -e 's|@PREFIX@|$(PREFIX)|g' -e 's|@VERSION@|$(VERSION)|g' $< > $@.tmp && mv $@.tmp $@

# irm-plot alone links what it takes to draw, and who writes workbooks what that takes; the other
# tools start faster without it
TOOL_LIBS = $(LIB_LIBS)
$(BUILD)/bin/irm-followup: TOOL_LIBS = $(LIB_LIBS) $(XLSX_LIBS)
$(BUILD)/bin/irm-plot: TOOL_LIBS = $(LIB_LIBS) $(PLOT_LIBS)
$(BUILD)/bin/irm-plot: $(LIBPLOT)
$(BUILD)/bin/%: $(BUILD)/tools/%.o $(TOOLKIT) $(LIBIRM)
	$(say) LD $@
	@mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $< $(TOOLKIT) $(filter $(LIBPLOT),$^) $(LIBIRM) $(TOOL_LIBS)

# Unit tests of plots/ are named test_plot_*.c
UNIT_LIBS = $(LIB_LIBS)
$(BUILD)/tests/unit/test_plot_%: UNIT_LIBS = $(LIB_LIBS) $(PLOT_LIBS)
$(BUILD)/tests/unit/%: tests/unit/%.c $(TOOLKIT) $(LIBIRM) $(LIBPLOT) $(BUILD)/flags
	$(say) CC $<
	@mkdir -p $(@D)
	$(Q)$(COMPILE) $(PLOT_CFLAGS) -MF $@.d $(LDFLAGS) -o $@ $< $(TOOLKIT) $(LIBPLOT) $(LIBIRM) -lcmocka $(LIB_LIBS) \
	  $(if $(findstring test_plot_,$@),$(PLOT_LIBS))

units: $(UNITS)

# What looks at charts: for the gallery, and for tables nobody would make on purpose
gallery: $(GALLERY)
$(GALLERY): tests/gallery/check.c $(LIBIRM) $(LIBPLOT) $(BUILD)/flags
	$(say) CC $<
	@mkdir -p $(@D)
	$(Q)$(COMPILE) $(PLOT_CFLAGS) -MF $@.d $(LDFLAGS) -o $@ $< $(LIBPLOT) $(LIBIRM) $(LIB_LIBS) $(PLOT_LIBS)

# All of the gallery: where its texts stand, and whether they can be read
gallery-check: $(GALLERY)
	$(Q)NAMES=datasets/fictional $(GALLERY) plots/gallery/plan.csv boxes
	$(Q)$(GALLERY) plots/gallery/plan.csv pixels

# What makes calls fail: preloaded, and for Linux only
shim: $(SHIM)
$(SHIM): tests/fault/shim.c
	$(say) CC $<
	@mkdir -p $(@D)
	$(Q)$(CC) -std=gnu17 -O1 -g -Wall -Wextra $(WERROR) -fPIC -shared -o $@ $< -ldl

# Hours: the studies, whose tables must come out as they stand; every chart; every fault, one by one
soak: tools units $(SHIM)
	$(Q)$(MAKE) --no-print-directory BUILD=$(BUILD) study gallery-check
	$(Q)git diff --exit-code --stat tests/study
	$(Q)SOAK=1 BUILD=$(abspath $(BUILD)) bats tests/cli/irm-plot-hostile.bats
	$(Q)tests/fault/run long $(BUILD)

check: check-unit check-cli

check-unit: units
	$(Q)tests/unit/run $(UNITS)

check-cli: tools gallery
	$(Q)BUILD=$(abspath $(BUILD)) bats $(BATSFLAGS) tests/cli

bench: tools
	$(Q)BUILD=$(abspath $(BUILD)) scripts/bench

# The same tests under AddressSanitizer and UndefinedBehaviorSanitizer
SANITIZE := -O1 -gline-tables-only -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
sanitize: export LSAN_OPTIONS = suppressions=$(CURDIR)/tests/leaks:print_suppressions=0
sanitize: sanitize-build
	$(Q)$(MAKE) --no-print-directory BUILD=$(BUILD)/sanitize CFLAGS='$(SANITIZE)' check
sanitize-build:
	$(Q)$(MAKE) --no-print-directory BUILD=$(BUILD)/sanitize CFLAGS='$(SANITIZE)' tools units gallery

# Parsers under libFuzzer: clang's, with the sanitizers. FUZZ_MAIN: what calls the targets
FUZZ_MAIN := -fsanitize=fuzzer
fuzz-build:
	$(Q)$(MAKE) --no-print-directory BUILD=$(BUILD)/fuzz CC=clang CFLAGS='$(SANITIZE) -fsanitize=fuzzer-no-link' fuzzers
fuzz: fuzz-build
	$(Q)tests/fuzz/run $(BUILD)/fuzz
fuzzers: $(FUZZERS)
$(BUILD)/tests/fuzz/fuzz_chart: $(LIBPLOT)
$(BUILD)/tests/fuzz/%: tests/fuzz/%.c $(TOOLKIT) $(LIBIRM) $(BUILD)/flags
	$(say) CC $<
	@mkdir -p $(@D)
	$(Q)$(COMPILE) $(PLOT_CFLAGS) -Wno-missing-prototypes -MF $@.d $(LDFLAGS) $(FUZZ_MAIN) -o $@ $< $(TOOLKIT) \
	  $(if $(findstring fuzz_chart,$@),$(LIBPLOT)) $(LIBIRM) $(LIB_LIBS) $(if $(findstring fuzz_chart,$@),$(PLOT_LIBS))

# Which lines of lib/ the tests run
coverage:
	$(Q)$(MAKE) --no-print-directory BUILD=$(BUILD)/coverage CC=gcc CFLAGS='-O0 -g --coverage' \
	  FUZZ_MAIN=tests/fuzz/replay.c tools units fuzzers shim gallery
	$(Q)tests/coverage $(BUILD)/coverage

# How often limits hold the truth: simulations, whose tables stand in tests/study
study: tools $(BUILD)/tests/study/limits $(BUILD)/tests/study/smooth
	$(Q)tests/study/run $(abspath $(BUILD))
$(BUILD)/tests/study/%: tests/study/%.c $(LIBIRM) $(BUILD)/flags
	$(say) CC $<
	@mkdir -p $(@D)
	$(Q)$(COMPILE) -MF $@.d $(LDFLAGS) -o $@ $< $(LIBIRM) $(LIB_LIBS)

# Small changes of lib/ that no test notices
mutants:
	$(Q)tests/mutants 200 1 $(BUILD)/mutants

# Each header compiles alone
hdr-check: $(HEADERS:%.h=$(BUILD)/hdr/%.o)
$(BUILD)/hdr/%.o: %.h $(BUILD)/flags
	@mkdir -p $(@D)
	$(Q)printf '#include "$<"\ntypedef int not_empty;\n' | $(COMPILE) $(PLOT_CFLAGS) -Wno-unused-function -x c -c -o $@ -

layers:
	$(Q)tests/layers

lint: hdr-check layers format-check tidy

# TIDY_NODES: how far the analyzer follows a function, its own measure; scripts/check goes a fifth of the way
TIDY_NODES ?= 225000
tidy:
	$(Q)NODES=$(TIDY_NODES) tests/lint $(COMPILE) $(PLOT_CFLAGS)

format:
	$(Q)clang-format -i $(LIB_SRC) $(PLOT_SRC) $(TOOL_SRC) $(SHARED_SRC) $(UNIT_SRC) $(FUZZ_SRC) $(EXTRA_SRC) $(HEADERS)

format-check:
	$(Q)clang-format --dry-run -Werror $(LIB_SRC) $(PLOT_SRC) $(TOOL_SRC) $(SHARED_SRC) $(UNIT_SRC) $(FUZZ_SRC) $(EXTRA_SRC) $(HEADERS)

PACKAGES := $(sort $(notdir $(patsubst %/,%,$(dir $(wildcard datasets/*/datapackage.json)))))

install: all
	$(INSTALL) -d $(DESTDIR)$(bindir) $(DESTDIR)$(libdir)/pkgconfig $(DESTDIR)$(mandir)/man1 $(DESTDIR)$(mandir)/man7 \
	  $(DESTDIR)$(completiondir)
	$(INSTALL) -m 755 $(TOOLS) $(DESTDIR)$(bindir)
	$(INSTALL) -m 644 $(LIBIRM) $(LIBPLOT) $(DESTDIR)$(libdir)
	for l in irm irmplot; do \
	  $(INSTALL) -m 755 $(LIBDIR)/lib$$l.so.$(VERSION) $(DESTDIR)$(libdir) && \
	  ln -sf lib$$l.so.$(VERSION) $(DESTDIR)$(libdir)/lib$$l.so.$(SOVERSION) && \
	  ln -sf lib$$l.so.$(VERSION) $(DESTDIR)$(libdir)/lib$$l.so || exit 1; done
	$(INSTALL) -m 644 $(PKGCONFIG) $(DESTDIR)$(libdir)/pkgconfig
	for h in $(filter-out tools/%,$(HEADERS)); do \
	  $(INSTALL) -D -m 644 $$h $(DESTDIR)$(includedir)/irmkit/$${h#lib/} || exit 1; done
	for m in $(MAN_SRC); do $(INSTALL) -m 644 $$m $(DESTDIR)$(mandir)/man$${m##*.} || exit 1; done
	$(INSTALL) -m 644 tools/irm.bash $(DESTDIR)$(completiondir)/irm
	for t in $(filter-out irm,$(notdir $(TOOLS))); do ln -sf irm $(DESTDIR)$(completiondir)/$$t || exit 1; done
	for p in $(PACKAGES); do for f in datasets/$$p/*.csv datasets/$$p/datapackage.json datasets/$$p/README.md; do \
	  $(INSTALL) -D -m 644 $$f $(DESTDIR)$(datadir)/$$f || exit 1; done; done

uninstall:
	rm -f $(TOOLS:$(BUILD)/bin/%=$(DESTDIR)$(bindir)/%)
	rm -f $(DESTDIR)$(libdir)/libirm.* $(DESTDIR)$(libdir)/libirmplot.* $(PKGCONFIG:$(LIBDIR)/%=$(DESTDIR)$(libdir)/%)
	for m in $(notdir $(MAN_SRC)); do rm -f $(DESTDIR)$(mandir)/man$${m##*.}/$$m; done
	rm -f $(TOOLS:$(BUILD)/bin/%=$(DESTDIR)$(completiondir)/%)
	rm -rf $(DESTDIR)$(includedir)/irmkit $(DESTDIR)$(datadir)

dist:
	$(Q)mkdir -p $(BUILD)
	$(Q)git archive --format=tar.gz --prefix=irmkit-$(VERSION)/ -o $(BUILD)/irmkit-$(VERSION).tar.gz HEAD
	@echo $(BUILD)/irmkit-$(VERSION).tar.gz

clean:
	rm -rf $(BUILD)

-include $(LIB_OBJ:.o=.d) $(PLOT_OBJ:.o=.d) $(SHARED_OBJ:.o=.d) $(TOOL_SRC:%.c=$(BUILD)/%.d) $(UNITS:=.d) $(FUZZERS:=.d) $(GALLERY).d
