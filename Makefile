# Two commands matter: `make run` and `make test`. Both install what is missing, and share one build.

SWIFT ?= swift
BUILD := $(SWIFT) build -c release
KERNEL := --package-path Kernel
SOURCES := Package.swift Sources Tests Kernel/Package.swift Kernel/Sources Kernel/Tests Kernel/Fuzz/Driver Kernel/Fuzz/Targets Benchmarks/Package.swift Benchmarks/Sources \
	Benchmarks/Root/Package.swift Benchmarks/Root/Sources Benchmarks/Device/Package.swift Benchmarks/Device/Sources

.PHONY: run build test test-kernel test-root embedded library fuzz soak bench format lint setup setup-tests clean

## Build, then run the demo: a server, a lab of a few hundred cards, and a drill to start from the console.
run: build
	.build/release/holdfast demo $(ARGS)

build: setup
	@echo "Building. The first build takes about ten minutes on two cores; later ones take seconds."
	$(BUILD) --product holdfast

## Everything that CI checks but the lint.
test: test-kernel embedded test-root library

## The kernel alone: no dependency, about a minute from clean.
test-kernel:
	$(SWIFT) test $(KERNEL) -c release -Xswiftc -enable-testing

# One test at a time: many talk through sockets, and beside tests that compute they would starve on a small machine.
# Built first and run then, because `swift test` builds with flags of its own, and everything a second time.
test-root: setup setup-tests
	@echo "Building with tests. The first build takes about twelve minutes on two cores, less after make run."
	$(BUILD) --build-tests
	$(SWIFT) test -c release --skip-build --no-parallel

## The modules that a card needs, as Embedded Swift: for this machine, a Cortex-M and a RISC-V, and the flash and RAM that they take.
embedded:
	Scripts/embedded

## The card as a C library, static and shared, and a C program that boots a card with each.
library: build
	Scripts/library .build/release/holdfast

## libFuzzer and the address sanitizer on everything that reads bytes from anybody: docs/fuzzing.md. A minute each, or ARGS.
fuzz:
	Scripts/fuzz $(ARGS)

## Ten million seeded commands to the card under the address sanitizer, or ARGS.
soak:
	Scripts/fuzz soak $(ARGS)

bench: setup
	Scripts/bench $(ARGS)

format:
	$(SWIFT) format -i -r -p $(wildcard $(SOURCES))

lint:
	$(SWIFT) format lint --strict -r -p $(wildcard $(SOURCES))
	Scripts/lint-words

setup:
	@Scripts/setup build

setup-tests:
	@Scripts/setup test

clean:
	rm -rf .build Kernel/.build Kernel/.build-* Benchmarks/.build Benchmarks/Root/.build Benchmarks/Device/.build*
