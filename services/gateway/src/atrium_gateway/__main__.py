from atrium_gateway.main import main

main()
