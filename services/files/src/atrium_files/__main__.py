from atrium_files.main import main

main()
