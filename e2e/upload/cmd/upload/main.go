// Command upload serves the files of a directory: upload -dir DIR. It prints its URL.
package main

import (
	"flag"
	"fmt"
	"log"
	"log/slog"
	"net"
	"net/http"
	"os"
	"time"

	"example.com/upload"
)

func main() {
	dir := flag.String("dir", ".", "directory of the files")
	addr := flag.String("addr", "127.0.0.1:0", "address to listen on")
	limit := flag.Int("limit", 60, "maximum number of uploads per minute")
	flag.Parse()
	log.Fatal(serve(*dir, *addr, *limit))
}

func serve(dir, addr string, limit int) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	service := &upload.Service{Dir: root, PerMinute: limit, Log: slog.New(slog.NewJSONHandler(os.Stderr, nil)), Now: time.Now}
	fmt.Printf("http://%s\n", listener.Addr())
	return http.Serve(listener, service.Handler())
}
