// Command web is the small service that the testbed's platforms run: it answers its probes, exports metrics, logs,
// and misbehaves on command.
//
//	GET  /health/live /health/ready /health/health    200, or 503 after the switch
//	GET  /metrics                                      Prometheus text
//	POST /switch/crash?code=3                          exits with the code (1)
//	POST /switch/ready?on=false                        readiness on or off
//	POST /switch/live?on=false                         liveness on or off
//	POST /switch/memory?mb=200                         keeps as many MB more (0 frees all)
//	POST /switch/cpu?seconds=30&cores=1                burns CPU
//	POST /switch/log?lines=100&level=error&bytes=80    writes log lines
//
// The same switches at start, by environment: WEB_CRASH_AFTER, WEB_LOG_EVERY (durations), WEB_READY_AFTER, WEB_MEMORY_MB,
// WEB_EXIT (a code to end with at once, for jobs and init containers), WEB_PORT (8000).
package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

type service struct {
	name       string
	begun      time.Time
	ready      atomic.Bool
	live       atomic.Bool
	requests   atomic.Int64
	failures   atomic.Int64
	logLines   atomic.Int64
	memoryLock sync.Mutex
	memory     [][]byte
	writeLock  sync.Mutex
}

func (s *service) log(level, message string, fields map[string]any) {
	line := map[string]any{"timestamp": time.Now().UTC().Format(time.RFC3339Nano), "level": level, "service": s.name,
		"message": message}
	for key, value := range fields {
		line[key] = value
	}
	text, _ := json.Marshal(line)
	s.writeLock.Lock()
	defer s.writeLock.Unlock()
	fmt.Println(string(text))
	s.logLines.Add(1)
}

func (s *service) exit(code int) {
	s.log("critical", "crash requested", map[string]any{"code": code})
	os.Exit(code)
}

// keep holds as many megabytes more, written to so that they are really there; 0 frees all.
func (s *service) keep(megabytes int) {
	s.memoryLock.Lock()
	defer s.memoryLock.Unlock()
	if megabytes == 0 {
		s.memory = nil
		runtime.GC()
		return
	}
	for range megabytes {
		block := make([]byte, 1<<20)
		for index := 0; index < len(block); index += 4096 {
			block[index] = 1
		}
		s.memory = append(s.memory, block)
	}
}

func burn(duration time.Duration, cores int) {
	end := time.Now().Add(duration)
	for range cores {
		go func() {
			for time.Now().Before(end) {
				for value := range 100000 {
					_ = value * value
				}
			}
		}()
	}
}

func number(request *http.Request, name string, otherwise int) int {
	if value, err := strconv.Atoi(request.URL.Query().Get(name)); err == nil {
		return value
	}
	return otherwise
}

func (s *service) health(flags ...*atomic.Bool) http.HandlerFunc {
	return func(writer http.ResponseWriter, _ *http.Request) {
		for _, flag := range flags {
			if !flag.Load() {
				http.Error(writer, `{"status":"unavailable"}`, http.StatusServiceUnavailable)
				return
			}
		}
		fmt.Fprintln(writer, `{"status":"ok"}`)
	}
}

func (s *service) metrics(writer http.ResponseWriter, _ *http.Request) {
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	writer.Header().Set("Content-Type", "text/plain; version=0.0.4")
	fmt.Fprintf(writer, "# HELP http_requests_total Requests answered.\n# TYPE http_requests_total counter\n")
	fmt.Fprintf(writer, "http_requests_total{service=%q,status=\"2xx\"} %d\n", s.name, s.requests.Load()-s.failures.Load())
	fmt.Fprintf(writer, "http_requests_total{service=%q,status=\"5xx\"} %d\n", s.name, s.failures.Load())
	fmt.Fprintf(writer, "# TYPE log_lines_total counter\nlog_lines_total{service=%q} %d\n", s.name, s.logLines.Load())
	fmt.Fprintf(writer, "# TYPE process_resident_memory_bytes gauge\nprocess_resident_memory_bytes %d\n", memory.Sys)
	fmt.Fprintf(writer, "# TYPE process_start_time_seconds gauge\nprocess_start_time_seconds %d\n", s.begun.Unix())
}

func (s *service) toggle(flag *atomic.Bool) http.HandlerFunc {
	return func(writer http.ResponseWriter, request *http.Request) {
		flag.Store(request.URL.Query().Get("on") != "false")
		fmt.Fprintln(writer, "ok")
	}
}

func (s *service) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /health/live", s.health(&s.live))
	mux.HandleFunc("GET /health/ready", s.health(&s.live, &s.ready))
	mux.HandleFunc("GET /health/health", s.health(&s.live, &s.ready))
	mux.HandleFunc("GET /metrics", s.metrics)
	mux.HandleFunc("POST /switch/ready", s.toggle(&s.ready))
	mux.HandleFunc("POST /switch/live", s.toggle(&s.live))
	mux.HandleFunc("POST /switch/crash", func(writer http.ResponseWriter, request *http.Request) {
		fmt.Fprintln(writer, "ok")
		go func() {
			time.Sleep(50 * time.Millisecond)
			s.exit(number(request, "code", 1))
		}()
	})
	mux.HandleFunc("POST /switch/memory", func(writer http.ResponseWriter, request *http.Request) {
		s.keep(number(request, "mb", 100))
		fmt.Fprintln(writer, "ok")
	})
	mux.HandleFunc("POST /switch/cpu", func(writer http.ResponseWriter, request *http.Request) {
		burn(time.Duration(number(request, "seconds", 30))*time.Second, number(request, "cores", 1))
		fmt.Fprintln(writer, "ok")
	})
	mux.HandleFunc("POST /switch/log", func(writer http.ResponseWriter, request *http.Request) {
		level := request.URL.Query().Get("level")
		if level == "" {
			level = "info"
		}
		padding := strings.Repeat("x", max(0, number(request, "bytes", 0)))
		for line := range number(request, "lines", 1) {
			s.log(level, "line on request", map[string]any{"number": line + 1, "padding": padding})
		}
		fmt.Fprintln(writer, "ok")
	})
	mux.HandleFunc("GET /", func(writer http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(writer, "{\"service\":%q,\"uptime\":%q}\n", s.name, time.Since(s.begun).Round(time.Second).String())
	})
	return http.HandlerFunc(func(writer http.ResponseWriter, request *http.Request) {
		recorder := &statusRecorder{ResponseWriter: writer}
		mux.ServeHTTP(recorder, request)
		s.requests.Add(1)
		if recorder.status >= 500 {
			s.failures.Add(1)
		}
	})
}

type statusRecorder struct {
	http.ResponseWriter
	status int
}

func (r *statusRecorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

func environment(name, otherwise string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return otherwise
}

func after(name string, act func()) {
	if duration, err := time.ParseDuration(os.Getenv(name)); err == nil {
		time.AfterFunc(duration, act)
	}
}

func main() {
	host, _ := os.Hostname()
	s := &service{name: environment("WEB_NAME", host), begun: time.Now()}
	s.live.Store(true)
	s.log("info", "started", map[string]any{"pid": os.Getpid()})
	if code, err := strconv.Atoi(os.Getenv("WEB_EXIT")); err == nil {
		s.log("info", "finished", map[string]any{"code": code})
		os.Exit(code)
	}
	if _, err := time.ParseDuration(os.Getenv("WEB_READY_AFTER")); err == nil {
		after("WEB_READY_AFTER", func() { s.ready.Store(true) })
	} else {
		s.ready.Store(os.Getenv("WEB_READY_AFTER") != "never")
	}
	after("WEB_CRASH_AFTER", func() { s.exit(1) })
	if megabytes, err := strconv.Atoi(os.Getenv("WEB_MEMORY_MB")); err == nil {
		s.keep(megabytes)
	}
	if interval, err := time.ParseDuration(os.Getenv("WEB_LOG_EVERY")); err == nil {
		go func() {
			for range time.Tick(interval) {
				s.log("info", "request handled", map[string]any{"path": "/api/v1/items", "status": 200, "ms": 12})
			}
		}()
	}
	ended := make(chan os.Signal, 1)
	signal.Notify(ended, syscall.SIGTERM, syscall.SIGINT)
	go func() {
		<-ended
		s.log("info", "stopping", nil)
		os.Exit(0)
	}()
	if err := http.ListenAndServe(":"+environment("WEB_PORT", "8000"), s.handler()); err != nil {
		s.log("critical", err.Error(), nil)
		os.Exit(1)
	}
}
