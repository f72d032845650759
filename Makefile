# What people type. `make` alone is what CI runs; `make help` lists the rest. Everything built lands in .dev/,
# so that a clean clone needs nothing and `make clean` leaves nothing.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := test
.DELETE_ON_ERROR:
.PHONY: help demo up down build test fmt vet lint workflowcheck unit race integration fuzz-short bench soak clean

DEV      := .dev
BIN      := $(DEV)/bin
TOOLS    := $(DEV)/tools
MODULES  := . devstack $(patsubst %/go.mod,%,$(wildcard test/go.mod))
ZH       := $(filter zh%,$(firstword $(LC_ALL) $(LC_MESSAGES) $(LANG)))
FUZZTIME ?= 2s
SOAK     ?= 10m

# The same result from a clone, an archive and a folder that belongs to somebody else.
export GOFLAGS := $(filter-out -buildvcs=%,$(GOFLAGS)) -buildvcs=false

LINT_VERSION          := v2.15.0
WORKFLOWCHECK_VERSION := v0.6.0
LINT                  := $(TOOLS)/golangci-lint-$(LINT_VERSION)
WORKFLOWCHECK         := $(TOOLS)/workflowcheck-$(WORKFLOWCHECK_VERSION)

help: ## 列出这些命令 / list these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: build ## 看一份合同走完一生 / watch a contract live its whole life
	@exec $(BIN)/devstack demo --dir $(DEV)

up: build ## 在后台启动本地环境 / start the local stack and a worker in the background
	@exec $(BIN)/devstack up --dir $(DEV)

down: ## 停止 make up 启动的一切 / stop what make up started
	@if [ -x $(BIN)/devstack ]; then exec $(BIN)/devstack down --dir $(DEV); fi

build: ## 构建到 .dev/bin / build into .dev/bin
	@mkdir -p $(BIN)
	@[ -x $(BIN)/devstack ] || echo "$(if $(ZH),正在构建 Temporal 服务器：第一次在两核机器上约需五分钟……,building the Temporal server: about 5 minutes the first time on 2 cores …)"
	@go build -C devstack -v -o ../$(BIN)/devstack . 2>&1 | awk '/ / {print; next} ++n % 200 == 0 {printf "  %d$(if $(ZH), 个包, packages) …\n", n; fflush()}'
	@go build -o $(BIN)/ ./worker ./starter ./desk

test: fmt vet lint workflowcheck unit integration fuzz-short ## CI 所做的一切 / everything that CI runs

fmt: ## 源码格式 / formatting
	@unformatted="$$(find . -name '*.go' -not -path './$(DEV)/*' -exec gofmt -l {} +)"; \
	if [ -n "$$unformatted" ]; then echo "gofmt -w these:"; echo "$$unformatted"; exit 1; fi

vet: ## go vet，所有模块 / go vet of every module
	@for module in $(MODULES); do echo "go vet $$module"; go vet -C $$module ./...; done

lint: $(LINT) ## golangci-lint，全部规则 / golangci-lint with everything on
	@for module in $(MODULES); do echo "golangci-lint $$module"; (cd $$module && $(abspath $(LINT)) run ./...); done

workflowcheck: $(WORKFLOWCHECK) ## 工作流的确定性 / determinism of the workflows
	$(WORKFLOWCHECK) ./workflows/...

unit: ## 产品的测试，带竞争检测 / the product's tests under the race detector
	go test -race -timeout 15m ./...
	go test ./internal/ledger ./internal/sheet ./internal/statement # their largest sizes, which the race detector makes slow

race: unit

# Those of the fault desk wait more than they work, and are by themselves, so that no other work makes them wait longer.
integration: ## 真实服务器上的测试 / tests on the real server
	go test -C devstack -timeout 40m ./...
	@if [ -f test/go.mod ]; then \
		go test -C test -timeout 40m -parallel 4 -skip '^TestOffice_' ./... && go test -C test -timeout 40m -parallel 8 -run '^TestOffice_' ./...; \
	fi

# A fuzz test may fail just because its time is over ("context deadline exceeded"), so it has two tries. An input that
# really fails is kept by the first and fails the second at once.
fuzz-short: ## 每个模糊测试跑几秒 / every fuzz test for a few seconds
	@grep -rnoE --include='*_test.go' '^func Fuzz[A-Za-z0-9_]*' internal | sort | while IFS=: read -r file _ func; do \
		name="$${func#func }"; echo "fuzz $$name $(FUZZTIME)"; \
		fuzz=(go test -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) "./$$(dirname "$$file")"); \
		"$${fuzz[@]}" </dev/null || "$${fuzz[@]}" </dev/null; \
	done

bench: ## 测量，以比值打印 / measure, printed as ratios
	go test -run '^$$' -bench . -benchmem ./internal/...
	@if [ -f test/go.mod ]; then go test -C test -run '^$$' -bench . -benchtime 1x -timeout 60m -v ./...; fi

soak: ## 长时间反复排演、记账、杀进程（SOAK=10m）/ rehearse, book and kill over and over (SOAK=10m)
	LVYUE_SOAK=$(SOAK) go test -run 'HoldWhateverPeopleDo' -count 1 -timeout 0 -v ./workflows
	LVYUE_SOAK=$(SOAK) go test -run 'CrashAfter' -count 1 -timeout 0 -v ./internal/aliyun
	@if [ -f test/go.mod ]; then LVYUE_SOAK=$(SOAK) go test -C test -run 'KilledAtAny|NeverHearsOfItsCommit|ProductionLives|AStormOf' -parallel 4 -count 1 -timeout 0 -v ./...; fi

clean: down ## 删除 .dev / remove .dev with its data
	@case "$$(readlink $(DEV)/postgres || true)" in /var/tmp/lvyue-*/data) rm -rf "$$(dirname "$$(readlink $(DEV)/postgres)")";; esac
	@rm -rf $(DEV)

$(LINT):
	@echo "$(if $(ZH),正在构建,building) golangci-lint $(LINT_VERSION)"
	@mkdir -p $(TOOLS)/new
	@GOBIN=$(abspath $(TOOLS)/new) go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)
	@mv $(TOOLS)/new/golangci-lint $@

$(WORKFLOWCHECK):
	@mkdir -p $(TOOLS)/new
	@GOBIN=$(abspath $(TOOLS)/new) go install go.temporal.io/sdk/contrib/tools/workflowcheck@$(WORKFLOWCHECK_VERSION)
	@mv $(TOOLS)/new/workflowcheck $@
