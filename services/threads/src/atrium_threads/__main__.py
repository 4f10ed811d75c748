from atrium_threads.main import main

main()
