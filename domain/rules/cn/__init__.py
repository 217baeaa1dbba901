"""The pack for China. Everything Chinese that figures rest on lies in this folder."""
